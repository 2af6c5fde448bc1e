/** New rooms of strangers: 100 at once, then 10 an hour for each Noise key (DESIGN §8). */
import type { Clock } from '../lib/clock.js'
import { hex } from '../protocol/bytes.js'
import type { NoiseKey } from '../protocol/ids.js'

const HOUR = 3_600_000
/** Keys are free to make, so the list is bounded; whoever falls out begins anew, and the quota of rooms still holds. */
const MOST_KEYS = 10_000

export interface NewRoomRateOptions {
  readonly atOnce: number
  readonly perHour: number
  readonly clock: Clock
}

export class NewRoomRate {
  readonly #options: NewRoomRateOptions
  readonly #left = new Map<string, { rooms: number; at: number }>()

  constructor(options: NewRoomRateOptions) {
    this.#options = options
  }

  /** Takes one room of this key's allowance; false if there is none left. */
  take(key: NoiseKey): boolean {
    const { atOnce, perHour, clock } = this.#options
    const id = hex(key)
    const now = clock.now()
    const before = this.#left.get(id)
    const rooms = before ? Math.min(atOnce, before.rooms + ((now - before.at) / HOUR) * perHour) : atOnce
    this.#left.delete(id)
    this.#left.set(id, { rooms: rooms >= 1 ? rooms - 1 : rooms, at: now })
    const oldest = this.#left.keys().next().value
    if (this.#left.size > MOST_KEYS && oldest !== undefined) this.#left.delete(oldest)
    return rooms >= 1
  }
}
