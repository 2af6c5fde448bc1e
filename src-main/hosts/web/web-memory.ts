/**
 * web.json in the profile: the port and the hashes of sessions, so that open pages outlive a restart of the node.
 * Losing the file costs a new one-time URL and nothing else, hence no error in here is fatal.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord, parseJson } from '../../lib/json.js'
import type { Logger } from '../../lib/logger.js'
import type { SessionMemory } from './access.js'

const FILE = 'web.json'
const HASH = /^[A-Za-z0-9+/]{43}=$/

export class WebMemory implements SessionMemory {
  #port: number
  #sessions: readonly string[]

  constructor(
    private readonly storage: string,
    private readonly logger: Logger
  ) {
    const { port, sessions } = read(join(storage, FILE))
    this.#port = isPort(port) ? port : 0
    this.#sessions = Array.isArray(sessions) ? sessions.filter(isHash) : []
  }

  /** 0 when there was none. */
  get port(): number {
    return this.#port
  }

  get sessions(): readonly string[] {
    return this.#sessions
  }

  set sessions(sessions: readonly string[]) {
    this.#sessions = sessions
    this.save()
  }

  /** Another port is another origin: its sessions are void. */
  moveTo(port: number): void {
    this.#port = port
    this.sessions = []
  }

  private save(): void {
    const file = join(this.storage, FILE)
    try {
      writeFileSync(`${file}.new`, JSON.stringify({ port: this.#port, sessions: this.#sessions }), { mode: 0o600 })
      renameSync(`${file}.new`, file)
    } catch (err) {
      this.logger.warn({ err }, 'open pages will need a new link after a restart')
    }
  }
}

function read(file: string): Record<string, unknown> {
  try {
    const value = parseJson(readFileSync(file, 'utf8'))
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

function isPort(port: unknown): port is number {
  return Number.isInteger(port) && (port as number) > 0 && (port as number) < 65_536
}

function isHash(hash: unknown): hash is string {
  return typeof hash === 'string' && HASH.test(hash)
}
