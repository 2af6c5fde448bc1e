/** BrowserWindow and WebContents on a page of Chromium. */
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { fromChromium, toChromium } from './address.js'
import { gateNavigation, newPage } from './chromium.js'
import { offer, record } from './control.js'
import { invoke } from './ipc.js'
import { preloadScript } from './preload.js'
import { preventable, strict } from './strict.js'

type OpenHandler = (details: { url: string }) => { action: string }
type Options = { webPreferences?: { preload?: string }; [name: string]: unknown }

const windows = new Map<number, Window>()
const owners = new WeakMap<Page, Window>()
export const windowEvents = new EventEmitter()
let nextId = 1

class WebContents extends EventEmitter {
  readonly id = nextId++
  readonly page: Promise<Page>
  expected: string | null = null
  openHandler: OpenHandler = () => ({ action: 'allow' })

  constructor(preload: string | undefined) {
    super()
    this.page = newPage().then((page) => this.take(page, preload))
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }

  setWebRTCIPHandlingPolicy(policy: string): void {
    record('webContents.setWebRTCIPHandlingPolicy', policy)
  }

  /** To a page that is just being replaced it is lost, as in Electron. */
  send(channel: string, ...args: unknown[]): void {
    void this.page
      .then((page) => page.evaluate(deliver, { channel, args: structuredClone(args) }))
      .catch(() => undefined)
  }

  private async take(page: Page, preload: string | undefined): Promise<Page> {
    await page.exposeBinding('doubleInvoke', ({ frame }, channel: string, args: unknown[]) =>
      invoke(this, frame, channel, args)
    )
    if (preload) await page.addInitScript({ content: preloadScript(readFileSync(preload, 'utf8')) })
    page.on('domcontentloaded', () => this.emit('did-start-loading'))
    page.on('load', () => this.emit('did-finish-load'))
    page.on('popup', (popup) => void this.onPopup(popup))
    return page
  }

  private async onPopup(popup: Page): Promise<void> {
    await popup.close()
  }
}

/** Runs in the page. */
function deliver({ channel, args }: { channel: string; args: unknown[] }): void {
  ;(window as unknown as { doubleDeliver?(channel: string, args: unknown[]): void }).doubleDeliver?.(channel, args)
}

class Window extends EventEmitter {
  readonly id = nextId++
  readonly contents: WebContents
  readonly webContents: WebContents
  private bounds = { x: 0, y: 0, width: 800, height: 600 }
  private maximized = false
  private destroyed = false

  constructor(options: Options = {}) {
    super()
    record('BrowserWindow', options)
    const { x = 0, y = 0, width = 800, height = 600 } = options as Partial<Window['bounds']>
    this.bounds = { x, y, width, height }
    this.contents = new WebContents(options.webPreferences?.preload)
    this.webContents = strict('webContents', this.contents)
    windows.set(this.id, this)
    windowEvents.emit('web-contents-created', this.webContents)
    void this.contents.page.then((page) => this.take(page))
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.contents.page
    await page.setViewportSize({ width: this.bounds.width, height: this.bounds.height })
    this.contents.expected = url
    await page.goto(toChromium(url))
    this.emit('ready-to-show')
  }

  close(): void {
    const event = preventable()
    this.emit('close', event)
    if (!event.defaultPrevented) void this.contents.page.then((page) => page.close())
  }

  show(): void {
    record('window.show')
  }

  focus(): void {
    record('window.focus')
  }

  restore(): void {
    record('window.restore')
  }

  maximize(): void {
    this.maximized = true
  }

  isMaximized(): boolean {
    return this.maximized
  }

  isMinimized(): boolean {
    return false
  }

  isDestroyed(): boolean {
    return this.destroyed
  }

  getNormalBounds(): Window['bounds'] {
    return this.bounds
  }

  private take(page: Page): void {
    owners.set(page, this)
    page.once('close', () => this.destroy())
  }

  private destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    windows.delete(this.id)
    this.emit('closed')
    windowEvents.emit('closed', windows.size)
  }
}

/** `new BrowserWindow` gives the strict face of a window. */
export const BrowserWindow = new Proxy(Window, {
  construct: (target, [options]) => strict('BrowserWindow', new target(options))
})

/** The page of a window, for tests that run in the same process. */
export async function pageOf(contentsId: number | null): Promise<Page> {
  const window = [...windows.values()].find(({ contents }) => contents.id === contentsId)
  if (!window) throw new Error('there is no such window')
  return window.contents.page
}

export function closeAllWindows(): boolean {
  for (const window of [...windows.values()]) window.close()
  return windows.size === 0
}

gateNavigation((page, url, isMainFrame) => {
  const owner = page ? owners.get(page) : undefined
  if (!owner) return mayOpen(url)
  if (isMainFrame && url === owner.contents.expected) return true
  const details = Object.assign(preventable(), { url, isMainFrame })
  if (isMainFrame) owner.webContents.emit('will-navigate', details)
  owner.webContents.emit('will-frame-navigate', details)
  return !details.defaultPrevented
})

/** A new window asks the handler of the one that opened it. */
function mayOpen(url: string): boolean {
  const [opener] = windows.values()
  return opener?.contents.openHandler({ url: fromChromium(url) }).action === 'allow'
}

offer('closeWindow', () => [...windows.values()][0]?.close())
offer('crashPage', (reason: string = 'crashed') => {
  const [window] = windows.values()
  window?.contents.emit('render-process-gone', {}, { reason, exitCode: 1 })
})
