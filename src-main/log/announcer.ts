/**
 * Tells neighbours of grown logs, seldom enough that a full room does not drown. A member tells whoever may lack them; a
 * root peer also tells those who have them, because people are shown what their root peers hold.
 */
import type { Log } from './log.js'
import type { RoomChannel } from './room-channel.js'

const FIRST_MS = 15
const PER_CHANNEL_MS = 5
/** All neighbours are told within this time. */
const MOST_MS = 1000

export class Announcer {
  readonly #channels: ReadonlySet<RoomChannel>
  readonly #tellsHolders: boolean
  readonly #grown = new Set<Log>()
  /** News for neighbours whose channel was full. */
  readonly #postponed = new Set<Log>()
  #timer: NodeJS.Timeout | null = null
  #retry: NodeJS.Timeout | null = null

  constructor(channels: ReadonlySet<RoomChannel>, tellsHolders: boolean) {
    this.#channels = channels
    this.#tellsHolders = tellsHolders
  }

  grew(log: Log): void {
    this.#grown.add(log)
    this.#timer ??= setTimeout(() => this.#announce(), FIRST_MS)
  }

  close(): void {
    for (const timer of [this.#timer, this.#retry]) if (timer) clearTimeout(timer)
    this.#timer = null
    this.#retry = null
    this.#grown.clear()
    this.#postponed.clear()
  }

  #announce(): void {
    const logs = [...this.#grown]
    this.#grown.clear()
    const atOnce = Math.ceil((this.#channels.size * PER_CHANNEL_MS) / MOST_MS)
    this.#tellNext([...this.#channels], logs, atOnce)
  }

  /** One neighbour after the other, so that a full room's pushes and acknowledgements do not wait behind the news. */
  #tellNext(channels: RoomChannel[], logs: readonly Log[], atOnce: number): void {
    for (let told = 0; told < atOnce && channels.length > 0; ) {
      if (this.#tell(channels.shift() as RoomChannel, logs)) told++
    }
    if (channels.length > 0) this.#timer = setTimeout(() => this.#tellNext(channels, logs, atOnce), PER_CHANNEL_MS)
    else this.#timer = this.#grown.size > 0 ? setTimeout(() => this.#announce(), FIRST_MS) : null
  }

  /** True if there was something to tell. */
  #tell(channel: RoomChannel, logs: readonly Log[]): boolean {
    if (!channel.greeted || channel.closed) return false
    const news = logs.filter((log) => this.#isNews(channel, log))
    if (channel.writable) tell(channel, news)
    else if (news.length > 0) this.#postpone(news)
    return news.length > 0
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
