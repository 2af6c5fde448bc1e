/** The suite over Electron's IPC, with the built preload in a page, on the Electron double. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, vi } from 'vitest'
import { Bridge } from '../../src-main/bridge/bridge.js'
import { handleAppScheme } from '../../src-main/hosts/electron/app-scheme.js'
import { serveIpc } from '../../src-main/hosts/electron/ipc.js'
import { Links } from '../../src-main/hosts/electron/links.js'
import { MainWindow } from '../../src-main/hosts/electron/main-window.js'
import { EVENT_NAMES } from '../../src-preload/contract/index.js'
import { app } from '../electron-double/app.js'
import { closeChromium } from '../electron-double/chromium.js'
import { pageOf } from '../electron-double/window.js'
import { chromiumPath } from '../helpers/chromium.js'
import { ROOT } from '../helpers/cli.js'
import { type FakeNode, silent } from '../helpers/fake-node.js'
import { withTest } from '../helpers/temp.js'
import { type Carrier, describeCarrier } from './suite.js'

vi.mock('electron', () => import('../electron-double/electron.js'))

const userData = vi.hoisted(() => {
  process.env.ELECTRON_DOUBLE_USER_DATA = `${process.env.XDG_DATA_HOME}-electron`
  return process.env.ELECTRON_DOUBLE_USER_DATA
})

beforeAll(async () => {
  process.env.ELECTRON_DOUBLE_BROWSER = chromiumPath()
  await app.whenReady()
  const body = Buffer.from('<!doctype html><title>Contract</title>')
  handleAppScheme(new Map([['/', { type: 'text/html', body }]]))
})

afterAll(async () => {
  await closeChromium()
  rmSync(userData, { recursive: true, force: true })
})

async function overElectron(node: FakeNode): Promise<Carrier> {
  const window = new MainWindow(join(ROOT, 'out/preload/index.cjs'), new Links(), silent)
  const page = await pageOf(window.contentsId)
  withTest(() => page.close())
  withTest(serveIpc(new Bridge(node, silent), window))
  await window.load()
  const listeners = new Set<(event: unknown) => void>()
  await page.exposeFunction('heard', (event: unknown) => {
    for (const listener of listeners) listener(event)
  })
  await page.evaluate(hearAll, [...EVENT_NAMES])
  return {
    call: async (command, args) => unwrap(await page.evaluate(callFromPage, { command, args })),
    onEvent: (listener) => void listeners.add(listener)
  }
}

interface PageWindow {
  mangrove: {
    call(command: string, args: unknown): Promise<unknown>
    on(event: string, listener: (payload: unknown) => void): void
  }
  heard(event: unknown): void
}

/** Runs in the page, like the next one. Playwright makes errors of what is thrown, so it comes as data. */
function callFromPage({ command, args }: { command: string; args: unknown }) {
  const { mangrove } = window as unknown as PageWindow
  return mangrove.call(command, args).then(
    (result) => ({ result }),
    (error) => ({ error })
  )
}

function hearAll(names: string[]): void {
  const { mangrove, heard } = window as unknown as PageWindow
  for (const event of names) mangrove.on(event, (payload) => heard({ event, payload }))
}

function unwrap(answer: { result: unknown } | { error: unknown }): unknown {
  if ('error' in answer) throw answer.error
  return answer.result
}

describeCarrier('electron, on the double', overElectron)
