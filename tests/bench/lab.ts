/** Where one measurement takes place: a private DHT on 127.0.0.1, folders, processes; all gone when it closes. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { HostPort } from 'hyperdht'
import createTestnet from 'hyperdht/testnet.js'
import { decodeKey } from '../../src-main/protocol/ids.js'
import type { baselineMembers } from './baseline/members.js'
import type { baselineRootPeer } from './baseline/root-peer.js'
import { Program } from './program.js'
import type { member } from './programs/member.js'
import type { pushers } from './programs/pushers.js'

const CLI = resolve(import.meta.dirname, '../main/cli.js')

/** BENCH_PROFILE names a folder for CPU profiles of the processes that are measured. */
const { BENCH_PROFILE } = process.env
const PROFILING = BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${BENCH_PROFILE}`] : []

export interface RootPeerProcess {
  readonly key: Buffer
  readonly pid: number
  stop(): Promise<void>
}

export class Lab {
  readonly bootstrap: HostPort[]
  readonly #closing: (() => Promise<unknown> | unknown)[] = []

  private constructor(bootstrap: HostPort[]) {
    this.bootstrap = bootstrap
  }

  static async open(): Promise<Lab> {
    const testnet = await createTestnet(3, { host: '127.0.0.1' })
    const lab = new Lab(testnet.bootstrap)
    lab.#closing.push(() => testnet.destroy())
    return lab
  }

  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'mb-'))
    this.#closing.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
    return folder
  }

  pushers(): Program<typeof pushers> {
    return this.#program('pushers')
  }

  member(): Program<typeof member> {
    return this.#program('member', { MANGROVE_STATE_DIR: this.folder() }, PROFILING)
  }

  baselineMembers(): Program<typeof baselineMembers> {
    return this.#program('baseline-members')
  }

  baselineRootPeer(env: NodeJS.ProcessEnv = {}): Program<typeof baselineRootPeer> {
    return this.#program('baseline-root-peer', env)
  }

  /** `mangrove root-peer` as it is built, with its defaults. */
  async rootPeer(env: NodeJS.ProcessEnv = {}): Promise<RootPeerProcess> {
    const bootstrap = this.bootstrap.map(({ host, port }) => `${host}:${port}`).join(',')
    const args = ['root-peer', '--storage', this.folder(), '--bootstrap', bootstrap, '--bind', '127.0.0.1']
    const child = spawn(process.execPath, [...PROFILING, CLI, ...args], {
      env: { ...process.env, MANGROVE_STATE_DIR: this.folder(), ...env },
      stdio: ['ignore', 'pipe', 'inherit']
    })
    const stop = () => terminate(child)
    this.#closing.push(stop)
    return { key: await publicKeyOf(child), pid: child.pid as number, stop }
  }

  async close(): Promise<void> {
    for (const close of this.#closing.splice(0).reverse()) await close()
  }

  #program<M extends { [name: string]: (args: never) => unknown }>(
    name: string,
    env: NodeJS.ProcessEnv = {},
    flags: string[] = []
  ): Program<M> {
    const program = new Program<M>(name, env, flags)
    this.#closing.push(() => program.stop())
    return program
  }
}

/** Runs `work` in a lab of its own. */
export async function inLab<T>(work: (lab: Lab) => Promise<T>): Promise<T> {
  const lab = await Lab.open()
  try {
    return await work(lab)
  } finally {
    await lab.close()
  }
}

/** MB resident, as the system sees it. */
export function residentMemory(pid: number): number {
  const status = `/proc/${pid}/status`
  const kib = existsSync(status)
    ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  return Number(kib) / 1024
}

function publicKeyOf(child: ChildProcess): Promise<Buffer> {
  let printed = ''
  return new Promise((resolve, reject) => {
    child.on('exit', () => reject(new Error('the root peer ended before its last line')))
    child.stdout?.on('data', (chunk) => {
      printed += chunk
      const key = /^public key: (\S+)$/m.exec(printed)?.[1]
      if (key) resolve(decodeKey(key))
    })
  })
}

async function terminate(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}
