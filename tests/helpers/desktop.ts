/** Starts the built desktop application on the Electron double, as a process, and attaches to its window. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import type { RecordedCall } from '../electron-double/control.js'
import { chromiumPath } from './chromium.js'
import { ROOT } from './cli.js'
import { eventually } from './eventually.js'
import { type Teardown, tempDir, withTest } from './temp.js'

const REGISTER = join(ROOT, 'tests/electron-double/register.ts')

export interface DesktopOptions {
  /** Of Electron itself; a new temporary folder by default. */
  userData?: string
  env?: NodeJS.ProcessEnv
  argv?: string[]
  /** What runs instead of the built application. */
  main?: string
  teardown?: Teardown
}

interface News {
  endpoint?: string
  id?: number
  result?: unknown
  error?: string
}

export class Desktop {
  stderr = ''
  readonly exited: Promise<[code: number | null, signal: string | null]>
  private readonly asked = new Map<number, (news: News) => void>()
  private endpoint = ''
  private nextId = 1

  constructor(
    readonly child: ChildProcess,
    readonly userData: string,
    private readonly teardown: Teardown
  ) {
    this.exited = once(child, 'exit') as Promise<[number | null, string | null]>
    child.stderr?.on('data', (chunk) => (this.stderr += chunk))
    child.on('message', (news: News) => this.hear(news))
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** What was asked of Electron so far, by name. */
  async calls(name: string): Promise<unknown[][]> {
    const calls = (await this.ask('calls')) as RecordedCall[]
    return calls.filter((call) => call.name === name).map(({ args }) => args)
  }

  ask(name: string, ...args: unknown[]): Promise<unknown> {
    const id = this.nextId++
    this.child.send({ id, name, args })
    return new Promise((resolve, reject) => {
      this.asked.set(id, ({ result, error }) => (error ? reject(new Error(error)) : resolve(result)))
    })
  }

  /** The window's page, over a connection of the test's own. */
  async page(): Promise<Page> {
    const endpoint = await eventually(() => this.endpoint || this.failed(), 30_000, 'the window')
    const browser = await chromium.connectOverCDP(endpoint)
    this.teardown(() => browser.close())
    const page = await eventually(() =>
      browser
        .contexts()[0]
        ?.pages()
        .find((page) => page.url() !== 'about:blank')
    )
    await page.waitForLoadState()
    return page
  }

  /** As the system ends it. */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM')
    return (await this.exited)[0]
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.exited
  }

  private hear(news: News): void {
    if (news.endpoint) this.endpoint = news.endpoint
    if (news.id !== undefined) this.asked.get(news.id)?.(news)
  }

  private failed(): '' {
    if (!this.isRunning) throw new Error(`the desktop application ended with ${this.child.exitCode}: ${this.stderr}`)
    return ''
  }
}

/** Electron's own binary, or null; importing its package to ask would start a download. */
export function electronBinary(): string | null {
  const folder = join(ROOT, 'node_modules/electron')
  if (!existsSync(join(folder, 'path.txt'))) return null
  const binary = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
  return existsSync(binary) ? binary : null
}

export function startDesktop(options: DesktopOptions = {}): Desktop {
  const { teardown = withTest, userData = tempDir(teardown), env, argv = [], main = 'out/main/index.js' } = options
  const args = ['--import', REGISTER, join(ROOT, main), `--user-data-dir=${userData}`, ...argv]
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      ELECTRON_DOUBLE_CONTROL: '1',
      ELECTRON_DOUBLE_BROWSER: chromiumPath(),
      STORAGE_DIR: join(userData, 'profile'),
      ...env
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc']
  })
  const desktop = new Desktop(child, userData, teardown)
  teardown(async () => {
    if (desktop.isRunning) await desktop.kill()
  })
  return desktop
}
