/**
 * Tells neighbours of grown logs, seldom enough that a full room does not drown. A member tells whoever may lack them; a
 * root peer also tells those who have them, because people are shown what their root peers hold.
 */
import type { Log } from './log.js'
import type { RoomChannel } from './room-channel.js'

const FIRST_MS = 10
const PER_CHANNEL_MS = 5
const MOST_MS = 1000
const CHANNELS_AT_ONCE = 8

export class Announcer {
  readonly #channels: ReadonlySet<RoomChannel>
  readonly #tellsHolders: boolean
  readonly #grown = new Set<Log>()
  /** News for neighbours whose channel was full. */
  readonly #postponed = new Set<Log>()
  #timer: NodeJS.Timeout | null = null
  #retry: NodeJS.Timeout | null = null
  #closed = false

  constructor(channels: ReadonlySet<RoomChannel>, tellsHolders: boolean) {
    this.#channels = channels
    this.#tellsHolders = tellsHolders
  }

  grew(log: Log): void {
    this.#grown.add(log)
    const wait = Math.min(FIRST_MS + this.#channels.size * PER_CHANNEL_MS, MOST_MS)
    this.#timer ??= setTimeout(() => this.#announce(), wait)
  }

  close(): void {
    this.#closed = true
    for (const timer of [this.#timer, this.#retry]) if (timer) clearTimeout(timer)
    this.#timer = null
    this.#retry = null
    this.#grown.clear()
    this.#postponed.clear()
  }

  #announce(): void {
    this.#timer = null
    const logs = [...this.#grown]
    this.#grown.clear()
    void this.#tellAll(logs)
  }

  /** In several turns of the event loop, so that a full room does not keep pushes waiting. Never rejects. */
  async #tellAll(logs: readonly Log[]): Promise<void> {
    let told = 0
    for (const channel of [...this.#channels]) {
      if (this.#closed) return
      this.#tell(channel, logs)
      told++
      if (told % CHANNELS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve))
    }
  }

  #tell(channel: RoomChannel, logs: readonly Log[]): void {
    if (!channel.greeted || channel.closed) return
    const news = logs.filter((log) => this.#isNews(channel, log))
    if (channel.writable) tell(channel, news)
    else if (news.length > 0) this.#postpone(news)
  }

  /** Apart from the others, so that one neighbour who does not read slows nobody else down. */
  #postpone(logs: readonly Log[]): void {
    for (const log of logs) this.#postponed.add(log)
    this.#retry ??= setTimeout(() => this.#announcePostponed(), MOST_MS)
  }

  #announcePostponed(): void {
    this.#retry = null
    const logs = [...this.#postponed]
    this.#postponed.clear()
    for (const log of logs) this.grew(log)
  }

  #isNews(channel: RoomChannel, log: Log): boolean {
    return this.#tellsHolders ? !channel.hasTold(log, log.length) : !channel.holds(log, log.length)
  }
}

function tell(channel: RoomChannel, logs: readonly Log[]): void {
  const heads = logs.map((log) => log.head()).filter((head) => head !== null)
  if (heads.length > 0) channel.sendHeads(heads, true)
}
