/** The open rooms of a member, on the network and with their root peers. */
import type { OpenRoom, RoomsPort } from '../commands/context.js'
import { notFound } from '../commands/context.js'
import type { DeliveryContext } from '../delivery/room-delivery.js'
import { Emitter } from '../lib/emitter.js'
import type { LogPeer } from '../log/log-peer.js'
import type { Network } from '../network/network.js'
import { hex } from '../protocol/bytes.js'
import type { NoiseKey, RoomId } from '../protocol/ids.js'
import type { Invite } from '../protocol/invite.js'
import { LIMITS } from '../protocol/limits.js'
import { roomKeys } from '../protocol/room-keys.js'
import { createGrant } from '../protocol/root-peer-messages.js'
import type { RootPeerClient } from '../root-peer-client/root-peer-client.js'
import type { RoomRow } from '../store/rooms-table.js'
import { RoomSession, type SessionEvents } from './room-session.js'

const DAY_MS = 24 * 60 * 60_000

export interface RoomsEvents {
  rooms: { roomId: RoomId }
  messages: { roomId: RoomId }
}

export class Rooms extends Emitter<RoomsEvents> implements RoomsPort {
  readonly #context: DeliveryContext
  readonly #network: Network
  readonly #client: RootPeerClient
  readonly #sessions = new Map<string, RoomSession>()
  readonly #opening = new Map<string, Promise<RoomSession>>()
  /** Rooms that were left and are being taken away: to join one again is to wait until it is gone. */
  readonly #removing = new Map<string, Promise<void>>()
  /** Root peers asked to keep a room, by room id in hex. */
  readonly #asked = new Map<string, Map<string, NoiseKey>>()

  constructor(context: DeliveryContext, network: Network, client: RootPeerClient) {
    super((error) => context.logger.error({ err: error }, 'a rooms listener failed'))
    this.#context = context
    this.#network = network
    this.#client = client
  }

  /** Opens every room of the profile. */
  async open(): Promise<void> {
    for (const { key } of this.#context.store.settings.rootPeers()) this.#client.confirm(key)
    for (const row of this.#context.store.rooms.all()) await this.#openRoom(row)
  }

  all(): RoomSession[] {
    return [...this.#sessions.values()].filter((session) => !session.row.leaving)
  }

  get(roomId: RoomId): RoomSession {
    const session = this.#sessions.get(hex(roomId))
    if (!session || session.row.leaving) throw notFound('room')
    return session
  }

  async join(
    room: Pick<Invite, 'secret' | 'creator' | 'name' | 'rootPeers'> & { inviter: NoiseKey | null }
  ): Promise<OpenRoom> {
    const { store, clock } = this.#context
    const { roomId } = roomKeys(Buffer.from(room.secret), Buffer.from(room.creator))
    await this.#removing.get(hex(roomId))
    const row = store.db.durable(
      () =>
        store.rooms.find(roomId) ??
        store.rooms.add({
          roomId,
          secret: Buffer.from(room.secret),
          creator: Buffer.from(room.creator),
          inviteName: room.name,
          inviteRootPeers: room.rootPeers,
          inviter: room.inviter,
          joinedAt: clock.now()
        })
    )
    const session = await this.#openRoom(row)
    if (session.row.leaving) session.setLeaving(false)
    this.changed(session)
    return session
  }

  leave(room: OpenRoom): void {
    const session = this.get(room.keys.roomId)
    session.setLeaving(true)
    this.emit('rooms', { roomId: session.keys.roomId })
    this.#removeIfDone(session)
  }

  rootPeersChanged(): void {
    for (const { key } of this.#context.store.settings.rootPeers()) this.#client.confirm(key)
    for (const session of this.#sessions.values()) session.rootPeersChanged()
  }

  changed(room: OpenRoom): void {
    this.emit('rooms', { roomId: room.keys.roomId })
  }

  /** Offers every room on a new connection; whoever dialled opens the channels, either side may. */
  attach(peer: LogPeer): void {
    for (const session of this.#sessions.values()) {
      peer.pairRoom(session.replica)
      if (peer.connection.isInitiator) peer.openRoom(session.replica)
    }
  }

  /** A root peer refused a room: what it once acknowledged there no longer counts. */
  refused(key: NoiseKey, roomId: RoomId): void {
    this.#sessions.get(hex(roomId))?.delivery.replicaRefused(key)
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#opening.values(), ...this.#removing.values()])
    for (const session of this.#sessions.values()) await session.close()
  }

  #openRoom(row: RoomRow): Promise<RoomSession> {
    const key = hex(row.roomId)
    const opening = this.#opening.get(key) ?? this.#open(row)
    this.#opening.set(key, opening)
    opening.catch(() => this.#opening.delete(key))
    return opening
  }

  async #open(row: RoomRow): Promise<RoomSession> {
    const session = await RoomSession.open(row, this.#context, this.#events())
    this.#sessions.set(hex(row.roomId), session)
    for (const peer of this.#context.logs.peers) {
      peer.pairRoom(session.replica)
      peer.openRoom(session.replica)
    }
    this.#network.joinTopic(session.keys.topic, { announce: true })
    this.#network.seekPeers(session.keys.topic, true)
    if (row.inviter) this.#network.dial(row.inviter)
    this.#askRootPeers(session)
    this.#removeIfDone(session)
    return session
  }

  #events(): SessionEvents {
    return {
      roomChanged: (session) => this.emit('rooms', { roomId: session.keys.roomId }),
      messagesChanged: (session) => this.emit('messages', { roomId: session.keys.roomId }),
      pinnedChanged: (session) => this.#askRootPeers(session),
      peersChanged: (session, verified) => this.#onPeers(session, verified),
      introduced: (key) => this.#network.dial(key),
      settled: (session) => this.#removeIfDone(session)
    }
  }

  #onPeers(session: RoomSession, verified: number): void {
    this.#network.seekPeers(session.keys.topic, verified === 0)
    this.emit('rooms', { roomId: session.keys.roomId })
  }

  /** Every root peer that is pinned in the room or that this person asked to keep it, and no other. */
  #askRootPeers(session: RoomSession): void {
    const { roomId } = session.keys
    if (!this.#sessions.has(hex(roomId))) return
    const before = this.#asked.get(hex(roomId)) ?? new Map<string, NoiseKey>()
    const wanted = new Map(session.pinned.map((key) => [hex(key), key]))
    this.#asked.set(hex(roomId), wanted)
    for (const [text, key] of before) if (!wanted.has(text)) this.#client.unwant(key, roomId)
    for (const [text, key] of wanted) if (!before.has(text)) this.#client.want(key, this.#wantedRoom(session))
  }

  #wantedRoom({ keys }: RoomSession) {
    const grant = () => createGrant(keys.roomId, keys.signing, this.#context.clock.now() + LIMITS.grantDays * DAY_MS)
    return { roomId: keys.roomId, grant }
  }

  /** A room that is being left goes once its outbox is acknowledged, or if there was never anybody to tell. */
  #removeIfDone(session: RoomSession): void {
    if (!session.row.leaving || !this.#sessions.has(hex(session.keys.roomId))) return
    if (!isAlone(session) && !(session.delivery.drained && session.replica.hasListener)) return
    const key = hex(session.keys.roomId)
    const removing = this.#remove(session)
      .catch((error) => this.#context.logger.error({ err: error }, 'a room could not be removed'))
      .finally(() => this.#removing.delete(key))
    this.#removing.set(key, removing)
  }

  async #remove(session: RoomSession): Promise<void> {
    const { roomId, topic } = session.keys
    const key = hex(roomId)
    this.#sessions.delete(key)
    this.#opening.delete(key)
    session.delivery.retire()
    for (const rootPeer of this.#asked.get(key)?.values() ?? []) this.#client.unwant(rootPeer, roomId)
    this.#asked.delete(key)
    this.#network.leaveTopic(topic)
    await session.close()
    await this.#context.logs.purgeRoom(roomId)
    this.#context.store.db.durable(() => this.#context.store.rooms.remove(session.row.room))
  }
}

/** A room made here that nobody came to and no root peer keeps: there was never anybody to tell. */
function isAlone({ row, pinned, replica }: RoomSession): boolean {
  return row.inviter === null && pinned.length === 0 && replica.verifiedPeers === 0 && replica.logs.size <= 1
}
