/**
 * Finds dead connections. A peer that was killed sends no goodbye, and UDX gives up only after about a minute; so we
 * ask for acknowledgements and count the ticks without any packet. Ticks, not wall time: a process that stood still
 * (or a laptop that slept) must not take its own pause for the other side's silence.
 */
import type { Clock } from '../lib/clock.js'

export interface Watched {
  readonly packetsReceived: number
  readonly overflowed: boolean
  ping(): void
  close(): void
}

/** Both in ticks. `ping` 0: the secret stream's own keep-alive (5 s, from both sides) is enough. */
export interface Pace {
  readonly ping: number
  readonly dead: number
}

export const TICK_MS = 500
/** Peers that we keep, such as root peers: dead after 2.5 s without an acknowledgement. */
export const KEPT_PACE: Pace = { ping: 2, dead: 5 }
/** All others: dead after 20 s. */
export const NORMAL_PACE: Pace = { ping: 0, dead: 40 }

interface Entry {
  pace: Pace
  packets: number
  silent: number
  age: number
}

export class Liveness {
  readonly #clock: Clock
  readonly #watched = new Map<Watched, Entry>()
  #cancel: (() => void) | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  watch(watched: Watched, pace: Pace): void {
    const entry = this.#watched.get(watched)
    if (entry) entry.pace = pace
    else this.#watched.set(watched, { pace, packets: watched.packetsReceived, silent: 0, age: 0 })
    this.#cancel ??= this.#clock.after(TICK_MS, () => this.#tick())
  }

  unwatch(watched: Watched): void {
    this.#watched.delete(watched)
    if (this.#watched.size === 0) this.close()
  }

  close(): void {
    this.#watched.clear()
    this.#cancel?.()
    this.#cancel = null
  }

  #tick(): void {
    this.#cancel = null
    for (const [watched, entry] of this.#watched) this.#check(watched, entry)
    if (this.#watched.size > 0) this.#cancel = this.#clock.after(TICK_MS, () => this.#tick())
  }

  #check(watched: Watched, entry: Entry): void {
    const packets = watched.packetsReceived
    entry.silent = packets === entry.packets ? entry.silent + 1 : 0
    entry.packets = packets
    entry.age++
    if (entry.silent >= entry.pace.dead || watched.overflowed) watched.close()
    else if (entry.pace.ping > 0 && entry.age % entry.pace.ping === 0) watched.ping()
  }
}
