/** Keeps one peer connected: dials again, with growing waits, until nobody has a reason for it any more. */
import { Backoff } from '../lib/backoff.js'
import type { Clock } from '../lib/clock.js'

const WAITS_MS = [100, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000]
/** A connection that lasted this long was a good one: the next wait is the first again. */
const GOOD_AFTER_MS = 15_000

export interface KeptPeerOptions {
  readonly clock: Clock
  readonly random: () => number
  /** Tries once; false when it could not even begin. */
  readonly dial: (done: () => void) => boolean
}

export class KeptPeer {
  readonly reasons = new Set<string>()
  readonly #options: KeptPeerOptions
  readonly #backoff: Backoff
  #connectedAt: number | null = null
  #cancelWait: (() => void) | null = null
  #closed = false

  constructor(options: KeptPeerOptions) {
    this.#options = options
    this.#backoff = new Backoff(WAITS_MS, options.random)
  }

  /** Dials at once, if there is no connection. */
  dial(): void {
    if (this.#closed || this.#connectedAt !== null) return
    this.#stopWaiting()
    // Also after a try that opened: it may have been refused here, or stand in line for an older one to close.
    const began = this.#options.dial(() => this.#wait())
    if (!began) this.#wait()
  }

  connected(): void {
    this.#connectedAt = this.#options.clock.now()
    this.#stopWaiting()
  }

  disconnected(): void {
    if (this.#connectedAt === null) return
    if (this.#options.clock.now() - this.#connectedAt >= GOOD_AFTER_MS) this.#backoff.reset()
    this.#connectedAt = null
    this.#wait()
  }

  /** The network came back: what failed before says nothing now. */
  retry(): void {
    this.#backoff.reset()
    this.dial()
  }

  close(): void {
    this.#closed = true
    this.#stopWaiting()
  }

  #wait(): void {
    if (this.#closed || this.#connectedAt !== null || this.#cancelWait) return
    this.#cancelWait = this.#options.clock.after(this.#backoff.next(), () => {
      this.#cancelWait = null
      this.dial()
    })
  }

  #stopWaiting(): void {
    this.#cancelWait?.()
    this.#cancelWait = null
  }
}
