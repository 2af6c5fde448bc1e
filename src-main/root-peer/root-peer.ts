/**
 * A root peer: an always-on replica without any room's secret. It registers rooms that a member signed for, keeps their
 * logs through log/, and is found on their topics. What it needs to know is in the registry; replicas open only while a
 * connection uses them, so that 10,000 hosted rooms cost nothing at start.
 */
import { type Clock, systemClock } from '../lib/clock.js'
import { Emitter } from '../lib/emitter.js'
import type { Logger } from '../lib/logger.js'
import type { LogPeer } from '../log/log-peer.js'
import type { LogStore } from '../log/log-store.js'
import { type NoiseKey, type RoomId, roomHandle } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { Connection, NetworkPort } from '../protocol/ports.js'
import {
  type Announcement,
  CAPABILITIES,
  type Grant,
  type RegisterRoom,
  type RootPeerRefusal,
  verifyGrant
} from '../protocol/root-peer-messages.js'
import { type Admission, admitAnyone } from './admission.js'
import { AnnouncedRooms } from './announced-rooms.js'
import { ROOT_PEER_LIMITS, type RootPeerLimits } from './limits.js'
import { NewRoomRate } from './new-room-rate.js'
import { OpenRooms } from './open-rooms.js'
import type { Registry } from './registry.js'
import { type Answer, RootPeerSession } from './root-peer-session.js'

const DAY = 86_400_000
const FLUSH_MS = 60_000

export interface RootPeerOptions {
  readonly network: NetworkPort
  readonly logs: Pick<LogStore, 'openRoom' | 'closeRoom'>
  /** Closed by whoever opened it, after the root peer. */
  readonly registry: Registry
  readonly limits?: Partial<RootPeerLimits>
  readonly admission?: Admission
  readonly logger: Logger
  readonly clock?: Clock
}

export interface RootPeerEvents {
  ready: { readonly rooms: number }
  roomRegistered: { readonly roomId: RoomId; readonly by: NoiseKey }
  /** A hosted room's log grew. */
  entriesAppended: { readonly roomId: RoomId; readonly entries: number; readonly bytes: number }
}

export class RootPeer {
  readonly #network: NetworkPort
  readonly #registry: Registry
  readonly #limits: RootPeerLimits
  readonly #admission: Admission
  readonly #logger: Logger
  readonly #clock: Clock
  readonly #events: Emitter<RootPeerEvents>
  readonly #rate: NewRoomRate
  readonly #announced: AnnouncedRooms
  readonly #open: OpenRooms
  readonly #sessions = new Map<Connection, RootPeerSession>()
  #cancelFlush: (() => void) | null = null
  #closed = false

  constructor(options: RootPeerOptions) {
    this.#network = options.network
    this.#registry = options.registry
    this.#limits = { ...ROOT_PEER_LIMITS, ...options.limits }
    this.#admission = options.admission ?? admitAnyone
    this.#logger = options.logger
    this.#clock = options.clock ?? systemClock
    this.#events = new Emitter((error) => this.#failed(error))
    const { announcedRooms, newRoomsAtOnce, newRoomsPerHour, openRooms, idleRoom } = this.#limits
    this.#rate = new NewRoomRate({ atOnce: newRoomsAtOnce, perHour: newRoomsPerHour, clock: this.#clock })
    this.#announced = new AnnouncedRooms(this.#network, announcedRooms)
    this.#open = new OpenRooms({
      logs: options.logs,
      roster: this.#registry,
      clock: this.#clock,
      most: openRooms,
      idle: idleRoom,
      onappended: (roomId, entries, bytes) => this.#onappended(roomId, entries, bytes),
      onerror: (error) => this.#failed(error)
    })
  }

  get roomCount(): number {
    return this.#registry.roomCount
  }

  on<Name extends keyof RootPeerEvents>(name: Name, listener: (payload: RootPeerEvents[Name]) => void): () => void {
    return this.#events.on(name, listener)
  }

  /** Joins the topics of the rooms that were active last. Opens no log. */
  ready(): void {
    for (const roomId of this.#registry.recentRooms(this.#limits.announcedRooms).reverse())
      this.#announced.touch(roomId)
    this.#flushLater()
    this.#events.emit('ready', { rooms: this.roomCount })
  }

  /** Serves this connection. `logPeer` is log/'s side of the same connection. */
  attach(connection: Connection, logPeer: LogPeer): void {
    if (this.#closed || connection.closed || this.#sessions.has(connection)) return
    const session = new RootPeerSession(connection, {
      publicKey: this.#network.publicKey,
      announcement: this.#announcement(),
      register: (request) => this.#register(request, connection.remoteKey),
      want: (roomId) => this.#want(roomId),
      serve: (roomId) => this.#serve(roomId, connection, logPeer),
      failed: (error) => this.#failed(error)
    })
    this.#sessions.set(connection, session)
    connection.onClose(() => this.#sessions.delete(connection))
  }

  /** Stops serving; open replicas are closed with the log store. Idempotent, never throws. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#cancelFlush?.()
    for (const session of this.#sessions.values()) session.close()
    this.#sessions.clear()
    this.#open.close()
    this.#announced.leaveAll()
    this.#flush()
    this.#events.clear()
  }

  #announcement(): Announcement {
    const { rooms, roomBytes, logBytes } = this.#limits
    const capabilities = CAPABILITIES.storage | CAPABILITIES.introduction | CAPABILITIES.signals
    return { version: 1, capabilities, limits: { rooms, roomBytes, logBytes } }
  }

  #register(request: RegisterRoom, peer: NoiseKey): Answer {
    const { grant } = request
    const known = this.#registry.room(grant.roomId)
    const code = this.#grantRefusal(grant) ?? (known ? null : this.#newRoomRefusal(request, peer))
    if (code) return { roomId: grant.roomId, code }
    if (known) this.#registry.renewRoom(grant)
    else this.#registry.addRoom(grant, peer, this.#clock.now())
    this.#touch(grant.roomId)
    if (!known) this.#registered(grant.roomId, peer)
    return { roomId: grant.roomId, expiresAt: Math.max(grant.expiresAt, known?.grant.expiresAt ?? 0) }
  }

  #grantRefusal(grant: Grant): RootPeerRefusal | null {
    const now = this.#clock.now()
    if (grant.expiresAt <= now) return 'EXPIRED'
    if (grant.expiresAt > now + LIMITS.grantMaxDays * DAY || !verifyGrant(grant)) return 'BAD_GRANT'
    return this.#open.hasPlaceFor(grant.roomId) ? null : 'TOO_MANY'
  }

  /** The rate comes last: a room that is refused anyway takes nothing of it. */
  #newRoomRefusal(request: RegisterRoom, peer: NoiseKey): RootPeerRefusal | null {
    if (this.roomCount >= this.#limits.rooms) return 'FULL'
    return this.#admission.refusal(request, peer) ?? (this.#rate.take(peer) ? null : 'TOO_MANY')
  }

  /** A room whose grant ran out is still served: the member sees the expiry and renews. */
  #want(roomId: RoomId): Answer {
    const room = this.#registry.room(roomId)
    if (!room) return { roomId, code: 'UNKNOWN_ROOM' }
    if (!this.#open.hasPlaceFor(roomId)) return { roomId, code: 'TOO_MANY' }
    this.#touch(roomId)
    return { roomId, expiresAt: room.grant.expiresAt }
  }

  async #serve(roomId: RoomId, connection: Connection, logPeer: LogPeer): Promise<void> {
    const replica = await this.#open.use(roomId, connection)
    if (!this.#closed && !connection.closed) logPeer.openRoom(replica)
  }

  #registered(roomId: RoomId, by: NoiseKey): void {
    this.#logger.info({ room: roomHandle(roomId) }, 'a room was registered')
    this.#events.emit('roomRegistered', { roomId, by })
  }

  #onappended(roomId: RoomId, entries: number, bytes: number): void {
    if (this.#closed) return
    this.#touch(roomId)
    this.#events.emit('entriesAppended', { roomId, entries, bytes })
  }

  #touch(roomId: RoomId): void {
    this.#registry.touch(roomId, this.#clock.now())
    this.#announced.touch(roomId)
  }

  #flushLater(): void {
    this.#cancelFlush = this.#clock.after(FLUSH_MS, () => {
      this.#flush()
      this.#flushLater()
    })
  }

  #flush(): void {
    try {
      this.#registry.flush()
    } catch (error) {
      this.#failed(error)
    }
  }

  #failed(error: unknown): void {
    this.#logger.error({ err: error }, 'the root peer could not do what it was asked')
  }
}
