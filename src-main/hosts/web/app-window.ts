/**
 * The page in a Chrome or Chromium window of its own. The browser is told the one-time URL over its debugging pipe:
 * arguments can be read by other users, a pipe only by its two ends. The window ends with Mangrove, and the reverse.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../../lib/logger.js'
import { DevtoolsPipe, type Target } from './devtools-pipe.js'
import { needsNoSandbox } from './find-browser.js'

const FLAGS = [
  '--app=about:blank',
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--window-size=1180,760'
]

/** How long a browser may take to go by itself. */
const CLOSE_MS = 2000

export interface AppWindowOptions {
  /** The program, as findBrowser gives it. */
  browser: string
  /** Its own profile, so that it is a process of its own. */
  folder: string
  url: string
  logger: Logger
  /** Called once when the person closed the window, or it never came. */
  onClosed(): void
}

/** Never throws. */
export class AppWindow {
  private readonly child: ChildProcess
  private readonly pipe: DevtoolsPipe
  private readonly exited: Promise<unknown>
  private opened = false

  constructor(private readonly options: AppWindowOptions) {
    const { browser, folder, logger, onClosed } = options
    const flags = needsNoSandbox() ? [...FLAGS, '--no-sandbox'] : FLAGS
    const stdio = ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] as const
    this.child = spawn(browser, [...flags, `--user-data-dir=${folder}`], { stdio: [...stdio] })
    this.exited = once(this.child, 'exit').catch((err) => logger.warn({ err }, 'the browser could not be started'))
    void this.exited.then(onClosed)
    const [, , , write, read] = this.child.stdio
    this.pipe = new DevtoolsPipe(read as Duplex, write as Duplex)
    this.pipe.on('Target.targetCreated', (target) => this.onTarget(target))
    this.pipe.on('Target.targetDestroyed', () => this.closeUnlessUsed())
    this.pipe.send('Target.setDiscoverTargets', { discover: true })
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null || !this.child.pid) return
    this.pipe.send('Browser.close')
    await Promise.race([this.exited, sleep(CLOSE_MS, undefined, { ref: false })])
    this.child.kill()
  }

  private onTarget(target: Target): void {
    if (target.type !== 'page' || this.opened) return
    this.opened = true
    this.pipe.attach(target.targetId, (sessionId) =>
      this.pipe.send('Page.navigate', { url: this.options.url }, sessionId)
    )
  }

  /** Some systems keep a browser without windows running. */
  private closeUnlessUsed(): void {
    if (this.opened && this.pipe.pages === 0) this.pipe.send('Browser.close')
  }
}
