/**
 * A member's side of root peers: keeps a connection to each one that a room is pinned to or that the person confirmed,
 * registers rooms there, and says how it stands. Rooms are named to no other peer.
 */
import { type Clock, systemClock } from '../lib/clock.js'
import { Emitter } from '../lib/emitter.js'
import type { Logger } from '../lib/logger.js'
import { hex } from '../protocol/bytes.js'
import type { NoiseKey, RoomId } from '../protocol/ids.js'
import type { Connection, NetworkPort, RootPeerState } from '../protocol/ports.js'
import type { RootPeerRefusal } from '../protocol/root-peer-messages.js'
import { RootPeerLink } from './root-peer-link.js'
import type { RoomWish } from './wanted-room.js'

const REASON = 'root-peer'

export interface RootPeerClientOptions {
  readonly network: NetworkPort
  readonly logger: Logger
  readonly clock?: Clock
  /** 0 to 1, for jitter. */
  readonly random?: () => number
}

export interface RootPeerClientEvents {
  /** How it stands with a root peer (`roomId` null), or with one room there, changed. */
  state: { readonly key: NoiseKey; readonly roomId: RoomId | null }
  registered: { readonly key: NoiseKey; readonly roomId: RoomId; readonly expiresAt: number }
  /** The root peer holds nothing of this room at the moment. UNKNOWN_ROOM is followed by a registration. */
  refused: { readonly key: NoiseKey; readonly roomId: RoomId; readonly code: RootPeerRefusal }
}

export class RootPeerClient {
  readonly #options: RootPeerClientOptions
  readonly #events: Emitter<RootPeerClientEvents>
  readonly #links = new Map<string, RootPeerLink>()
  #closed = false

  constructor(options: RootPeerClientOptions) {
    this.#options = options
    this.#events = new Emitter((error) => options.logger.error({ err: error }, 'a root peer listener failed'))
  }

  on<Name extends keyof RootPeerClientEvents>(
    name: Name,
    listener: (payload: RootPeerClientEvents[Name]) => void
  ): () => void {
    return this.#events.on(name, listener)
  }

  /** Every connection is shown here; only root peers that something is wanted of get a channel. */
  attach(connection: Connection): void {
    this.#links.get(hex(connection.remoteKey))?.attach(connection)
  }

  /** The person chose this root peer: it is kept connected also while no room is wanted of it. */
  confirm(rootPeerKey: NoiseKey): void {
    if (!this.#closed) this.#linkTo(rootPeerKey).confirmed = true
  }

  /** Takes `confirm` back; rooms that are wanted of it stay. */
  forget(rootPeerKey: NoiseKey): void {
    const link = this.#links.get(hex(rootPeerKey))
    if (!link) return
    link.confirmed = false
    this.#dropUnused(link)
  }

  /** Asks this root peer to keep the room, now and on every later connection. Twice is once. */
  want(rootPeerKey: NoiseKey, room: RoomWish): void {
    if (!this.#closed) this.#linkTo(rootPeerKey).add(room)
  }

  /** Stops asking. What the root peer holds stays there until its grant runs out. */
  unwant(rootPeerKey: NoiseKey, roomId: RoomId): void {
    const link = this.#links.get(hex(rootPeerKey))
    if (!link) return
    link.remove(roomId)
    this.#dropUnused(link)
  }

  /** With `roomId`: of that room there. A root peer of which nothing is wanted is unreachable. */
  state(rootPeerKey: NoiseKey, roomId?: RoomId): RootPeerState {
    const link = this.#links.get(hex(rootPeerKey))
    if (!link) return 'unreachable'
    return roomId ? link.stateOf(roomId) : link.state
  }

  /** Idempotent, never throws. */
  close(): void {
    this.#closed = true
    for (const link of this.#links.values()) link.close()
    this.#links.clear()
    this.#events.clear()
  }

  #dropUnused(link: RootPeerLink): void {
    if (link.confirmed || link.roomCount > 0) return
    link.close()
    this.#links.delete(hex(link.key))
    this.#options.network.release(link.key, REASON)
  }

  #linkTo(key: NoiseKey): RootPeerLink {
    return this.#links.get(hex(key)) ?? this.#createLink(key)
  }

  #createLink(key: NoiseKey): RootPeerLink {
    const { network, logger, clock = systemClock, random = Math.random } = this.#options
    const link = new RootPeerLink(key, {
      clock,
      random,
      changed: (roomId) => this.#events.emit('state', { key, roomId }),
      registered: (roomId, expiresAt) => this.#events.emit('registered', { key, roomId, expiresAt }),
      refused: (roomId, code) => this.#events.emit('refused', { key, roomId, code }),
      failed: (error) => logger.error({ err: error }, 'a grant could not be signed')
    })
    this.#links.set(hex(key), link)
    network.keepConnected(key, REASON)
    const connection = network.connectionTo(key)
    if (connection) link.attach(connection)
    return link
  }
}
