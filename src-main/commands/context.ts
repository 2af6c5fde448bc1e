/** What commands work with. node/ builds it; what they need of the network side comes as ports. */
import type { Account } from '../account/account.js'
import type { RoomDelivery } from '../delivery/room-delivery.js'
import type { Clock } from '../lib/clock.js'
import { MangroveError } from '../lib/errors.js'
import { decodeKey, type NoiseKey, type RoomId } from '../protocol/ids.js'
import type { Invite } from '../protocol/invite.js'
import type { RootPeerState } from '../protocol/ports.js'
import type { RoomKeys } from '../protocol/room-keys.js'
import type { RoomRow } from '../store/rooms-table.js'
import type { Store } from '../store/store.js'
import { decoded } from './decoded.js'

/** A room that is open on this machine. */
export interface OpenRoom {
  readonly row: RoomRow
  readonly keys: RoomKeys
  readonly delivery: RoomDelivery
  /** Root peers pinned in the room: by its entries, or by the invite as long as those say nothing of the key. */
  readonly pinned: readonly NoiseKey[]
  /** True if this replica is known to hold every entry this machine has of the room. */
  holdsAll(replica: NoiseKey): boolean
}

export interface RoomsPort {
  /** Rooms that are shown, in the order they were joined. */
  all(): OpenRoom[]
  /** Throws NOT_FOUND. */
  get(roomId: RoomId): OpenRoom
  /** Opens a new room, or shows one again that was being left. */
  join(
    room: Pick<Invite, 'secret' | 'creator' | 'name' | 'rootPeers'> & { inviter: NoiseKey | null }
  ): Promise<OpenRoom>
  /** Hides the room and takes it away once everything written in it is acknowledged. */
  leave(room: OpenRoom): void
  /** The root peers this person added changed. */
  rootPeersChanged(): void
  /** What a person sees of the room list changed. */
  changed(room: OpenRoom): void
}

export interface PeersPort {
  readonly publicKey: NoiseKey
  readonly online: boolean
  /** Peers connected now. */
  readonly peers: number
  rootPeerState(key: NoiseKey): RootPeerState
}

export interface CommandContext {
  readonly store: Store
  /** Throws NO_ACCOUNT. */
  readonly rooms: RoomsPort
  readonly peers: PeersPort
  readonly clock: Clock
  readonly hasAccount: boolean
  /** Throws NO_ACCOUNT. */
  account(): Account
  createAccount(name: string): Account
}

/** The room that a command names by id; throws NO_ACCOUNT or NOT_FOUND. */
export function roomOf(context: CommandContext, roomId: string): OpenRoom {
  context.account()
  return context.rooms.get(decoded(roomId, decodeKey))
}

export function notFound(what: string): MangroveError {
  return new MangroveError('NOT_FOUND', `There is no such ${what} here.`)
}
