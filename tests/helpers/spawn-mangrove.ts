/** Starts out/main/cli.js as a real process and resolves when it has printed its last line. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { SocketClient } from '../../src-main/hosts/socket/client.js'
import type { CommandInput, CommandName, CommandResult } from '../../src-preload/contract/index.js'
import { CLI, callMangrove } from './cli.js'
import { type Teardown, tempDir, withTest } from './temp.js'

const LAST_LINE = /^(?:public key: (?<publicKey>[a-z0-9]{52})|(?<url>http:\/\/127\.0\.0\.1:\d+\/#token=\S+))$/m

export interface SpawnOptions {
  /** The profile; a new temporary folder by default. */
  storage?: string
  env?: NodeJS.ProcessEnv
  teardown?: Teardown
}

export class MangroveProcess {
  stdout = ''
  stderr = ''
  private readonly exited: Promise<unknown>

  constructor(
    readonly child: ChildProcess,
    readonly storage: string,
    private readonly env: NodeJS.ProcessEnv
  ) {
    child.stdout?.on('data', (chunk) => (this.stdout += chunk))
    child.stderr?.on('data', (chunk) => (this.stderr += chunk))
    this.exited = once(child, 'close')
  }

  /** A root peer's key; '' for a member. */
  get publicKey(): string {
    return LAST_LINE.exec(this.stdout)?.groups?.publicKey ?? ''
  }

  /** A member's one-time URL; '' for a root peer. */
  get url(): string {
    return LAST_LINE.exec(this.stdout)?.groups?.url ?? ''
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** Resolves on the last line; rejects when the process ends before it. */
  async started(): Promise<this> {
    const lastLine = new Promise<void>((resolve) => {
      this.child.stdout?.on('data', () => LAST_LINE.test(this.stdout) && resolve())
    })
    await Promise.race([lastLine, this.exited])
    if (LAST_LINE.test(this.stdout)) return this
    throw new Error(`mangrove ended with ${this.child.exitCode} before its last line: ${this.stderr}`)
  }

  /** One command by a `mangrove call` of its own. */
  async call<Name extends CommandName>(command: Name, args: CommandInput<Name>): Promise<CommandResult<Name>> {
    return callMangrove(this.storage, command, args, this.env)
  }

  /** The same over one socket connection, for loops that would start hundreds of processes. Close it. */
  async connect(): Promise<SocketClient> {
    return SocketClient.connect(this.storage)
  }

  /** SIGTERM; resolves with the exit code. */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM')
    await this.exited
    return this.child.exitCode
  }

  /** SIGKILL; resolves when it is gone. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.exited
  }
}

/** `args` begin with the command: spawnMangrove(['serve', '--bootstrap', dht.flag]). */
export async function spawnMangrove(args: string[], options: SpawnOptions = {}): Promise<MangroveProcess> {
  return launchMangrove(args, options).started()
}

/** The same without waiting for it to have started. */
export function launchMangrove(args: string[], options: SpawnOptions = {}): MangroveProcess {
  const { teardown = withTest, storage = tempDir(teardown), env = {} } = options
  const [command = 'serve', ...rest] = args
  const child = spawn(process.execPath, [CLI, command, '--storage', storage, ...rest], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const running = new MangroveProcess(child, storage, env)
  teardown(async () => {
    if (running.isRunning) await running.kill()
  })
  return running
}
