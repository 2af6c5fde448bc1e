/** app: readiness, quitting in Electron's order, and the single-instance lock across processes. */
import { EventEmitter } from 'node:events'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeChromium, launch } from './chromium.js'
import { offer, record } from './control.js'
import { InstanceLock } from './instance-lock.js'
import { preventable, strict } from './strict.js'
import { closeAllWindows, windowEvents } from './window.js'

const FLAG = '--user-data-dir='
/** A test that loads the double into its own process has no arguments. */
const FOLDER = process.env.ELECTRON_DOUBLE_USER_DATA ?? join(tmpdir(), 'electron-double')
const userData = process.argv.find((arg) => arg.startsWith(FLAG))?.slice(FLAG.length) ?? FOLDER
mkdirSync(userData, { recursive: true })

const lock = new InstanceLock(userData)

class App extends EventEmitter {
  readonly isPackaged = false
  private ready: Promise<void> | null = null
  private quitting = false

  constructor() {
    super()
    lock.onSecond((argv) => this.emit('second-instance', {}, argv, process.cwd(), null))
    windowEvents.on('web-contents-created', (contents) => this.emit('web-contents-created', {}, contents))
    windowEvents.on('closed', (left: number) => left === 0 && this.lastClosed())
  }

  /** Whoever never waits for it needs no browser. */
  whenReady(): Promise<void> {
    this.ready ??= this.start()
    return this.ready
  }

  requestSingleInstanceLock(): boolean {
    return lock.take()
  }

  enableSandbox(): void {
    record('app.enableSandbox')
  }

  setAsDefaultProtocolClient(...args: unknown[]): boolean {
    record('app.setAsDefaultProtocolClient', ...args)
    return true
  }

  getPath(name: string): string {
    if (name === 'userData') return userData
    throw new Error(`the double has no app.getPath('${name}')`)
  }

  quit(): void {
    const event = preventable()
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    this.quitting = true
    if (closeAllWindows()) this.willQuit()
  }

  exit(code = 0): void {
    void Promise.allSettled([lock.close(), closeChromium()]).then(() => process.exit(code))
  }

  private async start(): Promise<void> {
    await launch(userData)
    this.emit('ready')
  }

  private lastClosed(): void {
    if (this.quitting) this.willQuit()
    else this.emit('window-all-closed')
  }

  private willQuit(): void {
    const event = preventable()
    this.emit('will-quit', event)
    if (!event.defaultPrevented) this.exit(0)
  }
}

const target = new App()
export const app = strict('app', target)

offer('openUrl', (url: string) => target.emit('open-url', preventable(), url))
