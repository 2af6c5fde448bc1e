/**
 * One joined topic. Hyperswarm looks a topic up again every ten minutes; while its owner seeks peers there we do so
 * after 1, 3, 10, 30 s and then ever more seldom (DESIGN §4).
 */
import type { DiscoverySession } from 'hyperswarm'
import { Backoff } from '../lib/backoff.js'
import type { Clock } from '../lib/clock.js'

const WAITS_MS = [1_000, 3_000, 10_000, 30_000, 30_000, 60_000, 120_000, 300_000, 600_000]

export class Topic {
  readonly key: Buffer
  readonly #clock: Clock
  readonly #backoff: Backoff
  #announce: boolean
  #session: DiscoverySession | null = null
  #seeking = false
  #cancel: (() => void) | null = null
  #closed = false

  constructor(key: Buffer, announce: boolean, clock: Clock, random: () => number) {
    this.key = key
    this.#announce = announce
    this.#clock = clock
    this.#backoff = new Backoff(WAITS_MS, random)
  }

  get started(): boolean {
    return this.#session !== null
  }

  /** Resolves when the first lookup and announce are done, or failed. Never rejects. */
  async start(join: (announce: boolean) => DiscoverySession): Promise<void> {
    this.#session = join(this.#announce)
    this.restart()
    await this.#session.flushed().catch(ignore)
  }

  setAnnounce(announce: boolean): void {
    if (announce === this.#announce) return
    this.#announce = announce
    this.#refresh()
  }

  /** Seeking begins with the short waits; its end stops the extra lookups. */
  seek(seeking: boolean): void {
    if (seeking === this.#seeking) return
    this.#seeking = seeking
    this.restart()
  }

  /** Begins with the short waits again, as after a change of network. */
  restart(): void {
    this.#cancel?.()
    this.#cancel = null
    this.#backoff.reset()
    this.#lookUpLater()
  }

  close(): void {
    this.#closed = true
    this.#cancel?.()
    this.#cancel = null
  }

  #lookUpLater(): void {
    if (this.#closed || !this.#seeking || !this.#session) return
    this.#cancel = this.#clock.after(this.#backoff.next(), () => {
      this.#refresh()
      this.#lookUpLater()
    })
  }

  /** A lookup that fails is tried again anyway. */
  #refresh(): void {
    if (!this.#closed) this.#session?.refresh({ client: true, server: this.#announce }).catch(ignore)
  }
}

function ignore(): void {}
