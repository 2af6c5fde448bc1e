/**
 * Who may use the page: one-time tokens are exchanged for session secrets. Kept as hashes, so neither a lookup nor the
 * file in the profile gives a secret away.
 */
import { createHash, randomBytes } from 'node:crypto'

const MAX_TOKENS = 16
const MAX_SESSIONS = 32

/** Where hashes of sessions outlive this process. */
export interface SessionMemory {
  sessions: readonly string[]
}

export class Access {
  /** Hash of a token → when it expires. */
  private readonly tokens = new Map<string, number>()
  private readonly sessions: Set<string>

  constructor(
    private readonly now: () => number = Date.now,
    private readonly memory: SessionMemory = { sessions: [] }
  ) {
    this.sessions = new Set(memory.sessions)
  }

  /** A token that can be exchanged once, within `ttlMs` if that is given. */
  createToken(ttlMs = Number.POSITIVE_INFINITY): string {
    const token = randomSecret()
    this.tokens.set(hashOf(token), this.now() + ttlMs)
    dropOldest(this.tokens, MAX_TOKENS)
    return token
  }

  /** A session secret for a token that is still good, null otherwise. */
  exchange(token: string): string | null {
    const hash = hashOf(token)
    const expires = this.tokens.get(hash)
    this.tokens.delete(hash)
    if (expires === undefined || this.now() > expires) return null
    const session = randomSecret()
    this.sessions.add(hashOf(session))
    dropOldest(this.sessions, MAX_SESSIONS)
    this.memory.sessions = [...this.sessions]
    return session
  }

  isSession(secret: unknown): boolean {
    if (typeof secret !== 'string') return false
    const hash = hashOf(secret)
    if (!this.sessions.delete(hash)) return false
    this.sessions.add(hash) // the one that was used last is dropped last
    return true
  }
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64')
}

function dropOldest(collection: Map<string, unknown> | Set<string>, max: number): void {
  for (const oldest of collection.keys()) {
    if (collection.size <= max) return
    collection.delete(oldest)
  }
}
