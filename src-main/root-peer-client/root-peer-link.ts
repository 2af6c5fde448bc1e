/**
 * How a member stands with one root peer: the channel while there is a connection, the rooms it is to keep, and what it
 * answered. Every new connection asks `want-room`; a room it does not know, or whose grant runs out, is registered.
 */
import { Backoff } from '../lib/backoff.js'
import type { Clock } from '../lib/clock.js'
import { hex } from '../protocol/bytes.js'
import type { NoiseKey, RoomId } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { Connection, RootPeerState } from '../protocol/ports.js'
import type { Registered, RootPeerRefusal, RootPeerRefused } from '../protocol/root-peer-messages.js'
import { RootPeerChannel } from './root-peer-channel.js'
import { type RoomWish, WantedRoom } from './wanted-room.js'

const DAY = 86_400_000
/** Without a channel for this long a root peer is called unreachable; trying goes on. */
const UNREACHABLE_AFTER_MS = 15_000
/** A channel that was closed or rejected while the connection lives is opened again after these. */
const REOPEN_MS = [5_000, 30_000, 60_000, 300_000]
/** Refused rooms are asked for again after these. */
const RETRY_MS = [60_000, 300_000, 900_000, 3_600_000]

export interface LinkListener {
  readonly clock: Clock
  readonly random: () => number
  /** The state of the root peer changed, or that of one of its rooms. */
  changed(roomId: RoomId | null): void
  registered(roomId: RoomId, expiresAt: number): void
  refused(roomId: RoomId, code: RootPeerRefusal): void
  /** A grant could not be made. */
  failed(error: unknown): void
}

export class RootPeerLink {
  readonly key: NoiseKey
  /** The person chose this root peer: the link stays also without rooms. */
  confirmed = false
  readonly #listener: LinkListener
  readonly #rooms = new Map<string, WantedRoom>()
  readonly #reopen: Backoff
  readonly #retry: Backoff
  readonly #cancels = new Map<string, () => void>()
  #connection: Connection | null = null
  #channel: RootPeerChannel | null = null
  #rejected = false
  #late = false
  #told: RootPeerState = 'connecting'
  #closed = false

  constructor(key: NoiseKey, listener: LinkListener) {
    this.key = key
    this.#listener = listener
    this.#reopen = new Backoff(REOPEN_MS, listener.random)
    this.#retry = new Backoff(RETRY_MS, listener.random)
    this.#startWaiting()
    this.#later('renew', DAY, () => this.#renewAll())
  }

  get roomCount(): number {
    return this.#rooms.size
  }

  get state(): RootPeerState {
    if (this.#channel?.open) return this.#allRefused ? 'refused' : 'connected'
    if (this.#rejected) return 'refused'
    return this.#late ? 'unreachable' : 'connecting'
  }

  stateOf(roomId: RoomId): RootPeerState {
    const room = this.#rooms.get(hex(roomId))
    if (room?.result === 'refused') return 'refused'
    const state = this.state
    return state === 'connected' && room?.result !== 'registered' ? 'connecting' : state
  }

  add(wish: RoomWish): void {
    const id = hex(wish.roomId)
    if (this.#rooms.has(id)) return
    const room = new WantedRoom(wish)
    this.#rooms.set(id, room)
    this.#want(room)
    this.#changed(room.roomId)
  }

  remove(roomId: RoomId): void {
    if (this.#rooms.delete(hex(roomId))) this.#changed(null)
  }

  /** A connection to this root peer is there. */
  attach(connection: Connection): void {
    if (this.#closed || connection === this.#connection || connection.closed) return
    this.#connection = connection
    connection.onClose(() => this.#disconnected(connection))
    this.#dropChannel()
    this.#openChannel()
  }

  close(): void {
    this.#closed = true
    for (const cancel of this.#cancels.values()) cancel()
    this.#cancels.clear()
    const channel = this.#channel
    this.#channel = null
    channel?.close()
  }

  get #allRefused(): boolean {
    return this.#rooms.size > 0 && [...this.#rooms.values()].every(({ result }) => result === 'refused')
  }

  /** A newer connection replaces the one whose channel this is; that one's end says nothing any more. */
  #dropChannel(): void {
    const channel = this.#channel
    if (!channel) return
    this.#channel = null
    for (const room of this.#rooms.values()) room.forgetQuestion()
    channel.close()
  }

  #openChannel(): void {
    if (this.#closed || this.#channel || !this.#connection || this.#connection.closed) return
    const channel: RootPeerChannel | null = RootPeerChannel.open(this.#connection, {
      opened: () => this.#opened(),
      closed: (rejected) => {
        if (this.#channel === channel) this.#channelClosed(rejected)
      },
      announced: () => {},
      registered: (message) => this.#registered(message),
      refused: (message) => this.#refused(message)
    })
    this.#channel = channel
    if (!channel) this.#later('reopen', this.#reopen.next(), () => this.#openChannel())
  }

  #opened(): void {
    this.#rejected = false
    this.#late = false
    this.#cancel('late')
    this.#cancel('reopen')
    this.#wantAll(() => true)
    this.#changed(null)
  }

  #channelClosed(rejected: boolean): void {
    this.#channel = null
    this.#rejected = rejected
    for (const room of this.#rooms.values()) room.forgetQuestion()
    this.#startWaiting()
    if (this.#connection && !this.#connection.closed) {
      this.#later('reopen', this.#reopen.next(), () => this.#openChannel())
    }
    this.#changed(null)
  }

  #disconnected(connection: Connection): void {
    if (connection !== this.#connection) return
    this.#connection = null
    this.#rejected = false
    this.#cancel('reopen')
    if (this.#channel) this.#channelClosed(false)
    else this.#changed(null)
  }

  #startWaiting(): void {
    if (this.#late || this.#cancels.has('late')) return
    this.#later('late', UNREACHABLE_AFTER_MS, () => {
      this.#late = true
      this.#changed(null)
    })
  }

  #wantAll(which: (room: WantedRoom) => boolean): void {
    this.#channel?.batch(() => {
      for (const room of this.#rooms.values()) if (which(room)) this.#want(room)
    })
  }

  #want(room: WantedRoom): void {
    if (!this.#channel?.open) return
    room.asked = 'want'
    this.#channel.wantRoom(room.roomId)
  }

  #register(room: WantedRoom): void {
    if (!this.#channel?.open) return
    try {
      const grant = room.grant()
      room.asked = 'register'
      this.#channel.registerRoom(grant)
    } catch (error) {
      room.asked = null
      this.#listener.failed(error)
    }
  }

  #registered({ roomId, expiresAt }: Registered): void {
    const room = this.#rooms.get(hex(roomId))
    if (!room?.asked) return
    const { asked } = room
    room.asked = null
    room.result = 'registered'
    room.code = null
    room.expiresAt = expiresAt
    this.#reopen.reset()
    // Once a question: a root peer that never answers with a later expiry is not asked for ever.
    if (asked === 'want' && this.#runsOut(room)) this.#register(room)
    this.#listener.registered(room.roomId, expiresAt)
    this.#changed(room.roomId)
  }

  #refused({ roomId, code }: RootPeerRefused): void {
    const room = this.#rooms.get(hex(roomId))
    if (!room?.asked) return
    const { asked } = room
    room.asked = null
    this.#listener.refused(room.roomId, code)
    if (asked === 'want' && (code === 'UNKNOWN_ROOM' || code === 'EXPIRED')) {
      this.#register(room)
      return
    }
    room.result = 'refused'
    room.code = code
    this.#retryLater()
    this.#changed(room.roomId)
  }

  #retryLater(): void {
    if (this.#cancels.has('retry')) return
    this.#later('retry', this.#retry.next(), () => {
      this.#wantAll(({ result, asked }) => result === 'refused' && asked === null)
    })
  }

  #renewAll(): void {
    for (const room of this.#rooms.values())
      if (room.result === 'registered' && this.#runsOut(room)) this.#register(room)
    this.#later('renew', DAY, () => this.#renewAll())
  }

  #runsOut(room: WantedRoom): boolean {
    return (room.expiresAt ?? 0) < this.#listener.clock.now() + LIMITS.grantRenewDays * DAY
  }

  /** `roomId` null: told only if the state of the root peer itself is another than was told last. */
  #changed(roomId: RoomId | null): void {
    if (this.#closed) return
    const { state } = this
    if (state !== this.#told || roomId) this.#listener.changed(roomId)
    this.#told = state
  }

  #later(name: string, ms: number, run: () => void): void {
    this.#cancel(name)
    const cancel = this.#listener.clock.after(ms, () => {
      this.#cancels.delete(name)
      run()
    })
    this.#cancels.set(name, cancel)
  }

  #cancel(name: string): void {
    this.#cancels.get(name)?.()
    this.#cancels.delete(name)
  }
}
