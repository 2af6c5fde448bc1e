/** One room as the indexer folds it: its row in the store, its keys, its replica, and the Lamport time seen. */
import type { Log } from '../log/log.js'
import type { RoomReplica } from '../log/room-replica.js'
import type { IdentityKey } from '../protocol/ids.js'
import type { RoomKeys } from '../protocol/room-keys.js'

export interface RoomIndex {
  readonly room: number
  readonly keys: RoomKeys
  readonly replica: RoomReplica
  readonly me: IdentityKey
  /** The highest Lamport time folded, of entries whose time holds. */
  lamport: number
}

export interface Folded {
  readonly index: RoomIndex
  readonly log: Log
  /** Other people's new messages: what may be unread, and asks for a receipt. */
  readonly messages: number
  /** The room's name or pins changed, or a member or profile is new. */
  readonly room: boolean
  /** Another identity's entries say that they have more of an own log. */
  readonly positions: boolean
}
