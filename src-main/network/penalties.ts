/** Peers that broke the protocol too often: refused for 1 minute, doubling up to 1 hour, forgotten after a good day. */
import type { Clock } from '../lib/clock.js'
import { hex } from '../protocol/bytes.js'
import type { NoiseKey } from '../protocol/ids.js'

const MINUTE = 60_000
const FIRST = MINUTE
const LONGEST = 60 * MINUTE
const FORGET_AFTER = 24 * 60 * MINUTE
/** Keys are free to make, so the list is bounded: the oldest penalty is forgotten first. */
const MOST = 4096

interface Penalty {
  until: number
  length: number
}

export class Penalties {
  readonly #clock: Clock
  readonly #byKey = new Map<string, Penalty>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Returns for how long this peer is refused from now on, in ms. */
  punish(key: NoiseKey): number {
    const id = hex(key)
    const before = this.#byKey.get(id)
    const now = this.#clock.now()
    const length = before && now < before.until + FORGET_AFTER ? Math.min(before.length * 2, LONGEST) : FIRST
    this.#byKey.delete(id)
    this.#byKey.set(id, { until: now + length, length })
    this.#trim()
    return length
  }

  refuses(key: NoiseKey): boolean {
    const penalty = this.#byKey.get(hex(key))
    return penalty !== undefined && this.#clock.now() < penalty.until
  }

  #trim(): void {
    for (const id of this.#byKey.keys()) {
      if (this.#byKey.size <= MOST) return
      this.#byKey.delete(id)
    }
  }
}
