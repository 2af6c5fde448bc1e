/** The desktop application's host on the Electron double: what it asks of Electron, what it refuses, how it ends. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SocketClient } from '../../src-main/hosts/socket/client.js'
import type { DesktopBridge } from '../../src-preload/contract/host.js'
import { type DesktopOptions, startDesktop } from '../helpers/desktop.js'
import { eventually } from '../helpers/eventually.js'
import { type LocalDht, localDht } from '../helpers/local-dht.js'
import { isWindows } from '../helpers/platform.js'

/** The page as the preload leaves it. */
interface DesktopWindow {
  mangrove: DesktopBridge
  doubleInvoke(channel: string, args: unknown[]): Promise<unknown>
  links: string[]
}

const LINK = `mangrove://join/${'A'.repeat(80)}`

let dht: LocalDht

beforeAll(async () => {
  dht = await localDht(afterAll)
})

const start = (options: DesktopOptions = {}) =>
  startDesktop({ ...options, env: { MANGROVE_BOOTSTRAP: dht.flag, MANGROVE_BIND: '127.0.0.1', ...options.env } })

describe('the desktop application', () => {
  it('opens one sandboxed window on its own origin, with the policy', async () => {
    const desktop = start()
    const page = await desktop.page()
    const [[options]] = (await desktop.calls('BrowserWindow')) as [[{ webPreferences: object }]]
    expect(options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      nodeIntegration: false,
      webviewTag: false
    })
    expect(await desktop.calls('app.enableSandbox')).toHaveLength(1)
    const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'))
    expect(policy).toContain("default-src 'none'; script-src 'self'")
    expect(await page.evaluate(async () => (await fetch('/../../package.json')).status)).toBe(404)
  })

  it('serves the local socket and gives the page the same node', async () => {
    const desktop = start()
    const page = await desktop.page()
    const client = await SocketClient.connect(join(desktop.userData, 'profile'))
    await client.call('account.create', { name: 'Alice' })
    client.close()
    expect(await page.evaluate(() => (window as unknown as DesktopWindow).mangrove.call('account.get'))).toMatchObject({
      name: 'Alice'
    })
  })

  it('stays on its page, and gives only web links to the browser', async () => {
    const desktop = start()
    const page = await desktop.page()
    await page.evaluate(() => {
      for (const url of ['https://example.org/a b', 'file:///etc/passwd', 'mangrove://join/x', 'data:text/html,x']) {
        window.open(url)
      }
    })
    await eventually(async () => (await desktop.calls('shell.openExternal')).length)
    await page.evaluate(() => void location.assign('https://example.org/'))
    expect(
      await page.evaluate(() =>
        (window as unknown as DesktopWindow).mangrove.call('account.get').catch(({ code }) => code)
      )
    ).toBe('NO_ACCOUNT')
    expect(await desktop.calls('shell.openExternal')).toEqual([['https://example.org/a%20b']])
  })

  it('gives no permission but copying', async () => {
    const desktop = start()
    await desktop.page()
    expect(await desktop.ask('permission', 'clipboard-sanitized-write')).toEqual({ checked: true, asked: true })
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'hid']) {
      expect(await desktop.ask('permission', permission)).toEqual({ checked: false, asked: false })
    }
  })

  it('answers no frame inside of its page', async () => {
    const desktop = start()
    const page = await desktop.page()
    const answer = await page.evaluate(async () => {
      const frame = document.body.appendChild(document.createElement('iframe'))
      const inner = frame.contentWindow as unknown as DesktopWindow
      return { bridge: typeof inner.mangrove, reply: await inner.doubleInvoke('mangrove:call', ['rooms.list', {}]) }
    })
    expect(answer).toMatchObject({ bridge: 'undefined', reply: { result: { error: { code: 'REFUSED' } } } })
  })

  it('loads a crashed page again once, then asks', async () => {
    const desktop = start()
    const page = await desktop.page()
    const loaded = page.waitForEvent('load')
    await desktop.ask('crashPage')
    await loaded
    expect(await desktop.calls('dialog.showMessageBox')).toEqual([])
    await desktop.ask('answerNext', 1)
    await desktop.ask('crashPage')
    expect((await desktop.exited)[0]).toBe(0)
  })
})

describe('links', () => {
  it('of the command line, a second launch and the system reach the page, and nothing else does', async () => {
    const desktop = start({ argv: ['--other', LINK] })
    const page = await desktop.page()
    expect(
      await page.evaluate(() => new Promise((heard) => (window as unknown as DesktopWindow).mangrove.onLink(heard)))
    ).toBe(LINK)
    await page.evaluate(() => {
      const links: string[] = []
      Object.assign(window, { links })
      ;(window as unknown as DesktopWindow).mangrove.onLink((link) => links.push(link))
    })
    const shown = (await desktop.calls('window.show')).length
    const second = start({ userData: desktop.userData, argv: ['http://x', `${LINK}B`] })
    expect((await second.exited)[0]).toBe(0)
    for (const bad of ['mangrove://join/', 'mangrove://leave/AA', `${LINK}${'A'.repeat(320)}`, `${LINK}?x`]) {
      await desktop.ask('openUrl', bad)
    }
    await desktop.ask('openUrl', `${LINK}C`)
    await page.waitForFunction((link) => (window as unknown as DesktopWindow).links.includes(link), `${LINK}C`)
    expect(await page.evaluate(() => (window as unknown as DesktopWindow).links)).toEqual([
      LINK,
      `${LINK}B`,
      `${LINK}C`
    ])
    expect((await desktop.calls('window.show')).length).toBeGreaterThan(shown)
    expect(desktop.stderr).not.toContain('mangrove://')
  })
})

describe('the end', () => {
  it('comes when the window is closed, whose place is remembered', async () => {
    const desktop = start()
    await desktop.page()
    await desktop.ask('closeWindow')
    expect((await desktop.exited)[0]).toBe(0)
    const state = JSON.parse(readFileSync(join(desktop.userData, 'window.json'), 'utf8'))
    expect(state).toMatchObject({ width: 1180, height: 760, maximized: false })
  })

  it.skipIf(isWindows)('comes on SIGTERM, with everything closed', async () => {
    const desktop = start()
    await desktop.page()
    expect(await desktop.stop()).toBe(0)
    await expect(SocketClient.connect(join(desktop.userData, 'profile'))).rejects.toMatchObject({ code: 'NOT_RUNNING' })
  })

  it('comes at once, with a word, when the profile is in use', async () => {
    const desktop = start()
    await desktop.page()
    const other = start({ env: { STORAGE_DIR: join(desktop.userData, 'profile') } })
    expect((await other.exited)[0]).toBe(1)
    expect(desktop.isRunning).toBe(true)
  })
})
