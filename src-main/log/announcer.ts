/** Tells neighbours of grown logs that they are not known to hold, seldom enough that a full room does not drown. */
import type { Log } from './log.js'
import type { RoomChannel } from './room-channel.js'

const FIRST_MS = 10
const PER_CHANNEL_MS = 5
const MOST_MS = 1000

export class Announcer {
  readonly #channels: ReadonlySet<RoomChannel>
  readonly #grown = new Set<Log>()
  #timer: NodeJS.Timeout | null = null

  constructor(channels: ReadonlySet<RoomChannel>) {
    this.#channels = channels
  }

  grew(log: Log): void {
    this.#grown.add(log)
    if (this.#timer) return
    const wait = Math.min(FIRST_MS + this.#channels.size * PER_CHANNEL_MS, MOST_MS)
    this.#timer = setTimeout(() => this.#announce(), wait)
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#grown.clear()
  }

  #announce(): void {
    this.#timer = null
    const logs = [...this.#grown]
    this.#grown.clear()
    for (const channel of this.#channels) {
      if (!channel.greeted || !channel.writable) continue
      const rows = logs.filter((log) => !channel.holds(log.key, log.length)).map((log) => log.head())
      const known = rows.filter((row) => row !== null)
      if (known.length > 0) channel.sendHeads(known, true)
    }
  }
}
