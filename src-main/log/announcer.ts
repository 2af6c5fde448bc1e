/**
 * Tells neighbours of grown logs, seldom enough that a full room does not drown. A member tells whoever may lack them; a
 * root peer also tells those who have them, because people are shown what their root peers hold.
 */
import type { Log } from './log.js'
import type { RoomChannel } from './room-channel.js'

const FIRST_MS = 10
const PER_CHANNEL_MS = 5
const MOST_MS = 1000

export class Announcer {
  readonly #channels: ReadonlySet<RoomChannel>
  readonly #tellsHolders: boolean
  readonly #grown = new Set<Log>()
  #timer: NodeJS.Timeout | null = null

  constructor(channels: ReadonlySet<RoomChannel>, tellsHolders: boolean) {
    this.#channels = channels
    this.#tellsHolders = tellsHolders
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
      const rows = logs.filter((log) => this.#isNews(channel, log)).map((log) => log.head())
      const known = rows.filter((row) => row !== null)
      if (known.length > 0) channel.sendHeads(known, true)
    }
  }

  #isNews(channel: RoomChannel, log: Log): boolean {
    const { key, length } = log
    return this.#tellsHolders ? !channel.hasTold(key, length) : !channel.holds(key, length)
  }
}
