/** `npm run screenshots`: pictures of every page and state, from real processes, into docs/screenshots. */
import { NARROW, Studio, shoot, WIDE } from './screenshots/shots.js'
import { BEFORE, sayAnswer, sayMuch, sayNews, tellStory } from './screenshots/story.js'
import { until, World } from './screenshots/world.js'

const world = await World.open()
const studio = await Studio.open()
const only = process.argv.slice(2)

const link = (page, name) => page.getByRole('button', { name, exact: true })

/** Both schemes of one page at each size: the second is the same page, so nothing in it has changed. */
async function both(member, name, prepare, sizes = { '': WIDE }) {
  for (const [suffix, size] of Object.entries(sizes)) {
    const base = [name, suffix].filter(Boolean).join('-')
    if (only.length > 0 && !only.some((part) => base.includes(part))) continue
    const page = await studio.page(member.origin, member.session, { size })
    await prepare(page)
    await shoot(page, `${base}-light`)
    await page.emulateMedia({ colorScheme: 'dark' })
    await shoot(page, `${base}-dark`)
    await page.context().close()
  }
}

const SIZES = { '': WIDE, narrow: NARROW }

async function firstRun() {
  await world.setTime(BEFORE)
  const member = await world.member('newcomer')
  const nobody = { origin: member.origin, session: null }
  await both(nobody, 'refused', (page) => page.getByRole('alert').waitFor())
  await both(
    member,
    'welcome',
    async (page) => {
      await page.getByRole('textbox').fill('Mara Lind')
    },
    SIZES
  )
  await member.call('account.create', { name: 'Mara Lind' })
  await until('online', async () => (await member.call('network.status')).online)
  await both(member, 'first-room', (page) => page.getByText('Online', { exact: false }).waitFor(), SIZES)
  await both(member, 'broken-invite', async (page) => {
    await page.getByRole('textbox').fill('mangrove://join/AQCrjyyXzQekUXmqjozS1bnrKZ0kizZ34UB')
    await page.getByRole('alert').waitFor()
  })
  await both(member, 'create-room', async (page) => {
    await link(page, 'Start a room').first().click()
    await page.getByRole('dialog').getByRole('textbox').fill('Field kitchen')
  })
  return member
}

const open = (page, room) => page.getByRole('navigation').getByRole('button', { name: room }).click()

async function rooms(newcomer) {
  const roots = [await world.rootPeer('root-1'), await world.rootPeer('root-2')]
  const people = []
  for (const name of ['Mara Lind', 'Tomas Vrba', 'Leila Aziz']) {
    const member = await world.member(name)
    await member.call('account.create', { name })
    people.push(member)
  }
  const [mara] = people
  const made = await tellStory(
    world,
    people,
    roots.map(({ key }) => key)
  )
  const kitchen = made['Field kitchen']
  const newest = (await mara.messages(kitchen, 1))[0]
  await mara.call('messages.read', { roomId: kitchen, messageId: newest.id })
  await sayNews(world, people, kitchen)

  const { link: invite } = await mara.call('rooms.invite', { roomId: kitchen })
  await both(newcomer, 'join', async (page) => {
    await page.getByRole('textbox').fill(invite)
    await page.getByRole('dialog').getByRole('button', { name: 'Join', exact: true }).waitFor()
  })

  await kept(mara, kitchen, 2)
  // The first look reads what is new, so the line is seen once: the answer is written before.
  await sayAnswer(world, people, kitchen)
  await kept(mara, kitchen, 2)
  const conversation = async (page) => {
    await open(page, 'Field kitchen')
    await page.getByText('two people from the choir', { exact: false }).last().waitFor()
  }
  await both(mara, 'conversation', conversation, { '': WIDE })
  await both(
    mara,
    'conversation',
    async (page) => {
      await open(page, 'Field kitchen')
      await page.getByRole('log').waitFor()
    },
    { narrow: NARROW }
  )
  await both(mara, 'rooms', (page) => page.getByRole('navigation').waitFor(), { narrow: NARROW })
  await both(
    mara,
    'details',
    async (page) => {
      await open(page, 'Field kitchen')
      await page.getByRole('button', { name: 'Who is here', exact: false }).click()
    },
    { narrow: NARROW }
  )
  await both(
    mara,
    'invite',
    async (page) => {
      await open(page, 'Field kitchen')
      await link(page, 'Invite').click()
      await page.getByRole('img', { name: 'QR code', exact: false }).waitFor()
    },
    SIZES
  )
  await both(mara, 'palette', async (page) => {
    await open(page, 'Field kitchen')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
  })
  await both(mara, 'add-root-peer', async (page) => {
    await open(page, 'Book circle')
    await link(page, 'Add a root peer').click()
    await page.getByRole('dialog').waitFor()
  })
  await both(mara, 'leave', async (page) => {
    await open(page, 'Book circle')
    await link(page, 'Leave room').click()
    await page.getByRole('dialog').waitFor()
  })
  await both(mara, 'account', async (page) => {
    await page.getByRole('button', { name: 'You and your root peers' }).click()
    await page.getByText('Your id').waitFor()
  })
  await sayMuch(world, people, made['Repair café'], 400)
  await both(mara, 'history', async (page) => {
    await open(page, 'Repair café')
    const log = page.getByRole('log')
    await log.waitFor()
    await log.hover()
    await page.waitForTimeout(300)
    for (let turn = 0; turn < 12; turn++) {
      await page.mouse.wheel(0, -900)
      await page.waitForTimeout(60)
    }
  })
  const german = await studio.page(mara.origin, mara.session, { locale: 'de-DE' })
  await open(german, 'Field kitchen')
  await shoot(german, 'conversation-german')
  await german.context().close()
  return { mara, people, roots, kitchen }
}

/** Until the root peers have all of it. */
function kept(member, roomId, count) {
  return until('the root peers have it', async () => {
    const room = (await member.call('rooms.list')).rooms.find((one) => one.roomId === roomId)
    return room.rootPeers.filter(({ holdsAll }) => holdsAll).length === count
  })
}

async function offline({ mara, kitchen }) {
  await mara.stop()
  const away = await world.member('Mara Lind', { offline: true })
  await away.call('messages.send', { roomId: kitchen, text: 'I am on the tram, back in half an hour.' })
  await both(
    away,
    'offline',
    async (page) => {
      await open(page, 'Field kitchen')
      await page.getByText('You are offline', { exact: false }).first().waitFor()
    },
    SIZES
  )
}

try {
  const newcomer = await firstRun()
  await offline(await rooms(newcomer))
  for (const complaint of new Set(studio.complaints)) console.log(`console: ${complaint}`)
} finally {
  await studio.close()
  await world.close()
}
