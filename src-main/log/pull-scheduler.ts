/**
 * Whom to ask for what is missing: one pull in flight a log, a few a connection, a backoff from 0.5 to 60 s for each
 * (peer, log) that gave nothing (DESIGN §4.6).
 */
import { hex } from '../protocol/bytes.js'
import { LIMITS } from '../protocol/limits.js'
import type { PushKind } from '../protocol/room-messages.js'
import type { Log } from './log.js'
import type { RoomChannel } from './room-channel.js'

const STALLED_MS = 500
const BACKOFF_FIRST_MS = 500
const BACKOFF_MOST_MS = 60_000
/** How long a live push is waited for before what a neighbour announced is pulled. */
const PUSH_GRACE_MS = 30

interface Flight {
  readonly log: Log
  readonly channel: RoomChannel
  readonly timer: NodeJS.Timeout
}

interface Backoff {
  until: number
  delay: number
}

export class PullScheduler {
  readonly #channels: ReadonlySet<RoomChannel>
  readonly #flights = new Map<string, Flight>()
  readonly #later = new Map<string, NodeJS.Timeout>()
  readonly #backoffs = new WeakMap<RoomChannel, Map<string, Backoff>>()
  #closed = false

  constructor(channels: ReadonlySet<RoomChannel>) {
    this.#channels = channels
  }

  /** Something is missing: ask now. */
  want(log: Log): void {
    const key = hex(log.key)
    if (this.#closed || this.#flights.has(key) || log.quarantined) return
    const channel = this.#best(log)
    if (channel) this.#ask(log, channel)
    else this.#askWhenBackedOff(log)
  }

  /** Something may be missing, unless a push is on its way. */
  wantSoon(log: Log): void {
    this.#wantIn(log, PUSH_GRACE_MS)
  }

  /** True while this frame's log was asked for on this channel. */
  isAwaited(log: Log, channel: RoomChannel): boolean {
    return this.#flights.get(hex(log.key))?.channel === channel
  }

  /** A frame came and the log grew, from whichever side. */
  progressed(log: Log, channel: RoomChannel, kind: PushKind): void {
    const flight = this.#flights.get(hex(log.key))
    this.#backoffs.get(channel)?.delete(hex(log.key))
    if (!flight) return
    if (flight.channel === channel) flight.timer.refresh()
    if (kind === 'last-answer' && flight.channel === channel) this.#end(flight)
    else if (log.length >= offered(flight.channel, log)) this.#end(flight)
  }

  /** The other side gave nothing, or nothing that holds. */
  failed(log: Log, channel: RoomChannel): void {
    const flight = this.#flights.get(hex(log.key))
    this.#backOff(log, channel)
    if (flight?.channel === channel) this.#end(flight)
  }

  channelClosed(channel: RoomChannel): void {
    for (const flight of [...this.#flights.values()]) if (flight.channel === channel) this.#end(flight)
  }

  close(): void {
    this.#closed = true
    for (const flight of [...this.#flights.values()]) this.#end(flight)
    for (const timer of this.#later.values()) clearTimeout(timer)
    this.#later.clear()
  }

  #ask(log: Log, channel: RoomChannel): void {
    const timer = setTimeout(() => this.failed(log, channel), STALLED_MS)
    this.#flights.set(hex(log.key), { log, channel, timer })
    channel.peer.pullsInFlight++
    channel.sendPull(log.key, log.length)
  }

  #end(flight: Flight): void {
    clearTimeout(flight.timer)
    this.#flights.delete(hex(flight.log.key))
    flight.channel.peer.pullsInFlight--
    flight.channel.peer.pullEnded()
    this.want(flight.log)
  }

  /** The neighbour that offers most; null if none offers more than is here, or all must wait. */
  #best(log: Log): RoomChannel | null {
    let best: RoomChannel | null = null
    for (const channel of this.#channels) {
      if (offered(channel, log) <= Math.max(log.length, best ? offered(best, log) : 0)) continue
      if ((this.#backoffs.get(channel)?.get(hex(log.key))?.until ?? 0) > Date.now()) continue
      if (channel.peer.pullsInFlight < LIMITS.pullsPerConnection) best = channel
      else channel.peer.whenPullEnds(this, hex(log.key), () => this.want(log))
    }
    return best
  }

  #askWhenBackedOff(log: Log): void {
    const waits = [...this.#channels]
      .filter((channel) => offered(channel, log) > log.length)
      .map((channel) => (this.#backoffs.get(channel)?.get(hex(log.key))?.until ?? 0) - Date.now())
      .filter((wait) => wait > 0)
    if (waits.length > 0) this.#wantIn(log, Math.min(...waits))
  }

  #wantIn(log: Log, ms: number): void {
    const key = hex(log.key)
    if (this.#closed || this.#later.has(key)) return
    const timer = setTimeout(() => {
      this.#later.delete(key)
      this.want(log)
    }, ms)
    this.#later.set(key, timer)
  }

  #backOff(log: Log, channel: RoomChannel): void {
    const backoffs = this.#backoffs.get(channel) ?? new Map<string, Backoff>()
    this.#backoffs.set(channel, backoffs)
    const last = backoffs.get(hex(log.key))?.delay
    const delay = last ? Math.min(last * 2, BACKOFF_MOST_MS) : BACKOFF_FIRST_MS
    backoffs.set(hex(log.key), { until: Date.now() + delay, delay })
  }
}

function offered(channel: RoomChannel, log: Log): number {
  return channel.offers.get(hex(log.key)) ?? 0
}
