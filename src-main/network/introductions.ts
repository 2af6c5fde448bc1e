/**
 * Peers that somebody told us of. Two members are introduced to each other at the same moment; if both dialled at once
 * each could drop the other's connection as a duplicate. So the one with the lower key waits a little first.
 */
import type { Clock } from '../lib/clock.js'
import { compare, hex } from '../protocol/bytes.js'
import type { NoiseKey } from '../protocol/ids.js'

const LOWER_KEY_WAITS_MS = 400
const MOST_WAITING = 64

export interface IntroductionsOptions {
  readonly publicKey: NoiseKey
  readonly clock: Clock
  readonly dial: (key: NoiseKey) => void
}

export class Introductions {
  readonly #options: IntroductionsOptions
  readonly #waiting = new Map<string, () => void>()

  constructor(options: IntroductionsOptions) {
    this.#options = options
  }

  add(key: NoiseKey): void {
    const { publicKey, clock, dial } = this.#options
    if (compare(publicKey, key) > 0) {
      dial(key)
      return
    }
    const id = hex(key)
    if (this.#waiting.has(id) || this.#waiting.size >= MOST_WAITING) return
    const later = () => {
      this.#waiting.delete(id)
      dial(key)
    }
    this.#waiting.set(id, clock.after(LOWER_KEY_WAITS_MS, later))
  }

  close(): void {
    for (const cancel of this.#waiting.values()) cancel()
    this.#waiting.clear()
  }
}
