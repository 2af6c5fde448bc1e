import { Studio } from './shots.js'
import { sleep, until, World } from './world.js'

const w = await World.open()
const s = await Studio.open()
const ok = (n, c) => console.log(c ? 'ok  ' : 'FAIL', n)
try {
  const [a, b] = [await w.member('a'), await w.member('b')]
  const pa = await s.page(a.origin, a.session, { now: null })
  ok('name field focused', await pa.getByRole('textbox').evaluate((e) => e === document.activeElement))
  await pa.keyboard.type('Ada')
  await pa.keyboard.press('Enter')
  await pa.getByText('Start a room, or join one').waitFor()
  await pa.keyboard.press('Control+k')
  await pa.getByRole('combobox').waitFor()
  await pa.keyboard.type('start')
  await pa.keyboard.press('Enter')
  await pa.getByRole('dialog', { name: 'Start a room' }).getByRole('textbox').waitFor()
  await pa.keyboard.type('Garden')
  await pa.keyboard.press('Enter')
  await pa.getByRole('heading', { name: 'Garden', exact: true }).waitFor()
  await sleep(300)
  ok('composer focused after create', await pa.evaluate(() => document.activeElement?.id === 'composer'))
  await b.call('account.create', { name: 'Bob' })
  const roomId = (await a.call('rooms.list')).rooms[0].roomId
  const { link } = await a.call('rooms.invite', { roomId })
  const pb = await s.page(b.origin, b.session, { now: null })
  await pb.getByRole('textbox').fill('  Come!\n' + link + ' ')
  await pb.getByRole('button', { name: 'Join', exact: true }).waitFor()
  await sleep(150)
  ok('join focused', await pb.evaluate(() => document.activeElement?.textContent === 'Join'))
  await pb.keyboard.press('Enter')
  await pb.getByRole('heading', { name: 'Garden', exact: true }).waitFor()
  await pa.keyboard.type('one')
  await pa.keyboard.press('Shift+Enter')
  await pa.keyboard.type('two https://bücher.example/x `c`')
  await pa.keyboard.press('Enter')
  await pb.getByText('one').first().waitFor()
  ok('punycode', (await pb.getByRole('link').innerText()) === 'https://xn--bcher-kva.example/x')
  ok('rel', (await pb.getByRole('link').getAttribute('rel')) === 'noopener noreferrer')
  await pb.getByRole('log').waitFor()
  // latency
  await pb.evaluate(() => {
    new MutationObserver(() => {
      if (!window.__t && document.querySelector('[role=log]')?.innerText.includes('ping!'))
        window.__t = performance.timeOrigin + performance.now()
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  await pa.keyboard.type('ping!')
  const t0 = await pa.evaluate(() => performance.timeOrigin + performance.now())
  await pa.keyboard.press('Enter')
  await pb.getByRole('log').getByText('ping!').waitFor()
  console.log('latency ms', Math.round((await pb.evaluate(() => window.__t)) - t0))
  await until('received', async () => (await pa.locator('[data-state=received]').count()) >= 2)
  ok('received shown', true)
  // history
  for (let i = 0; i < 500; i++) await b.call('messages.send', { roomId, text: `line ${i} ${'word '.repeat(i % 40)}` })
  await pa.getByText('line 499').first().waitFor({ timeout: 20000 })
  await sleep(1200)
  const log = pa.getByRole('log')
  const bottom = () => log.evaluate((e) => e.scrollHeight - e.clientHeight - e.scrollTop)
  ok('stuck to bottom ' + (await bottom()), (await bottom()) < 3)
  await log.hover()
  const jumps = 0,
    prev = null
  for (let i = 0; i < 40; i++) {
    await pa.mouse.wheel(0, -500)
    await sleep(60)
  }
  // jump check: visible anchor row should not move while idle
  const anchor = () =>
    log.evaluate((e) => {
      const r = e.getBoundingClientRect()
      for (const m of e.querySelectorAll('[data-message]')) {
        const q = m.getBoundingClientRect()
        if (q.top > r.top + 100) return [m.dataset.message, Math.round(q.top)]
      }
    })
  const a1 = await anchor()
  await sleep(900)
  const a2 = await anchor()
  ok('idle stable ' + a1 + ' ' + a2, String(a1) === String(a2))
  await b.call('messages.send', { roomId, text: 'new below' })
  await sleep(2500)
  const a3 = await anchor()
  ok('stable with news ' + a3, String(a3) === String(a1))
  ok('jump button', (await pa.getByRole('button', { name: '1 new message' }).count()) === 1)
  for (let i = 0; i < 80; i++) {
    const before = await anchor()
    await pa.mouse.wheel(0, -1500)
    await sleep(70)
  }
  await sleep(800)
  ok('reached start', await pa.getByText('Garden starts here').isVisible())
  const ids = (await a.call('messages.page', { roomId, limit: 200 })).messages.length
  await pa.getByRole('button', { name: /new message|newest/ }).click()
  await sleep(500)
  ok(
    'back at bottom ' + (await bottom()),
    (await bottom()) < 3 && (await pa.getByText('new below').first().isVisible())
  )
  // drafts
  await a.call('rooms.create', { name: 'Other' })
  await pa.getByRole('navigation').getByRole('button', { name: 'Other' }).waitFor()
  await pa.locator('#composer').fill('draft text')
  await pa.keyboard.press('Alt+ArrowUp')
  await sleep(200)
  await pa.keyboard.press('Alt+ArrowDown')
  await sleep(200)
  ok('draft kept', (await pa.locator('#composer').inputValue()) === 'draft text')
  await pa.reload()
  await pa.locator('#composer').waitFor()
  await sleep(500)
  ok('draft after reload', (await pa.locator('#composer').inputValue()) === 'draft text')
  await pa.locator('#composer').fill('x'.repeat(33000))
  ok('limit', await pa.getByText('over the limit').isVisible())
  await pa.locator('#composer').fill('')
  await pa.getByRole('navigation').getByRole('button', { name: 'Garden' }).click()
  // invite dialog focus + esc
  await pa.getByRole('button', { name: 'Invite', exact: true }).click()
  await pa.getByRole('img', { name: /QR/ }).waitFor()
  await sleep(300)
  console.log(
    'focus in invite:',
    await pa.evaluate(() => document.activeElement?.tagName + ' ' + document.activeElement?.textContent?.slice(0, 20))
  )
  await pa.getByRole('button', { name: 'Copy link' }).click()
  ok('copied', (await pa.evaluate(() => navigator.clipboard.readText())).startsWith('mangrove://'))
  await pa.keyboard.press('Escape')
  await sleep(200)
  console.log('focus after esc:', await pa.evaluate(() => document.activeElement?.textContent?.slice(0, 20)))
  // xss-y
  await b.call('messages.send', {
    roomId,
    text: '<img src=x onerror=alert(1)> javascript:alert(1) https://a@b.example/ \u202Eevil'
  })
  await pa.getByText('<img src=x').first().waitFor()
  ok('markup is text', true)
  // leave
  await pa.getByRole('button', { name: 'Leave room' }).click()
  await pa.getByRole('dialog').getByRole('button', { name: 'Leave room' }).click()
  await pa.getByText('You left').first().waitFor()
  await sleep(300)
  console.log('title', await pa.title())
  // kill node, restart
  console.log('complaints', [...new Set(s.complaints)])
} catch (e) {
  console.log(e.message)
} finally {
  await s.close()
  await w.close()
}
process.exit(0)
