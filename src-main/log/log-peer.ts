/**
 * One connection, as the rooms on it see it: pairs and opens `mangrove/room/1` channels, and holds what is bounded per
 * connection (unsolicited pushes, pulls under way).
 */
import { hex } from '../protocol/bytes.js'
import { LIMITS } from '../protocol/limits.js'
import type { Connection } from '../protocol/ports.js'
import { ROOM_PROTOCOL, roomChannelId } from '../protocol/room-messages.js'
import { RoomChannel } from './room-channel.js'
import type { RoomReplica } from './room-replica.js'
import { TokenBucket } from './token-bucket.js'

export class LogPeer {
  readonly connection: Connection
  /** Pulls this connection answers at the moment. */
  pullsInFlight = 0

  readonly #channels = new Map<string, RoomChannel>()
  readonly #waitingPulls = new Map<object, Map<string, () => void>>()
  readonly #frames: TokenBucket
  readonly #bytes: TokenBucket
  #resume: NodeJS.Timeout | null = null

  constructor(connection: Connection) {
    this.connection = connection
    const now = Date.now()
    this.#frames = new TokenBucket(LIMITS.pushFramesPerSecond, LIMITS.pushBurst, now)
    this.#bytes = new TokenBucket(LIMITS.pushBytesPerSecond, LIMITS.pushBurst, now)
    connection.onClose(() => this.#clear())
  }

  /** A member pairs each of its rooms: whoever else has the room can open its channel. */
  pairRoom(room: RoomReplica): void {
    if (this.connection.closed) return
    const id = roomChannelId(this.connection.handshakeHash, room.roomId)
    this.connection.mux.pair({ protocol: ROOM_PROTOCOL, id }, () => this.openRoom(room))
  }

  /** Opens the room's channel from this side; harmless if the other side has not the room or the channel is open. */
  openRoom(room: RoomReplica): void {
    if (this.connection.closed || room.closed) return
    const existing = this.#channels.get(hex(room.roomId))
    if (existing && !existing.closed) return
    const channel = RoomChannel.open(this, room)
    if (channel) this.#channels.set(hex(room.roomId), channel)
  }

  unpairRoom(room: RoomReplica): void {
    const id = roomChannelId(this.connection.handshakeHash, room.roomId)
    this.connection.mux.unpair({ protocol: ROOM_PROTOCOL, id })
    this.#channels.get(hex(room.roomId))?.close()
    this.#channels.delete(hex(room.roomId))
  }

  /** Calls `ask` once when a pull on this connection has ended; asked twice for one key, it counts once. */
  whenPullEnds(owner: object, key: string, ask: () => void): void {
    const waiting = this.#waitingPulls.get(owner) ?? new Map<string, () => void>()
    this.#waitingPulls.set(owner, waiting)
    waiting.set(key, ask)
  }

  pullEnded(): void {
    const waiting = [...this.#waitingPulls.values()].flatMap((asks) => [...asks.values()])
    this.#waitingPulls.clear()
    for (const ask of waiting) ask()
  }

  /** Beyond the rate we stop reading, which slows the sender down; nothing is refused (DESIGN §4.9). */
  countUnsolicited(bytes: number): void {
    const now = Date.now()
    const pause = Math.max(this.#frames.take(1, now), this.#bytes.take(bytes, now))
    if (pause === 0 || this.#resume || this.connection.closed) return
    this.connection.pause()
    this.#resume = setTimeout(() => {
      this.#resume = null
      this.connection.resume()
    }, pause)
  }

  #clear(): void {
    if (this.#resume) clearTimeout(this.#resume)
    this.#resume = null
    this.#channels.clear()
    this.#waitingPulls.clear()
  }
}
