/** One room that one root peer is to keep, and how far that got. */
import type { RoomId } from '../protocol/ids.js'
import type { Grant, RootPeerRefusal } from '../protocol/root-peer-messages.js'

export interface RoomWish {
  readonly roomId: RoomId
  /** A new grant for this room, signed by the room's key. */
  readonly grant: () => Grant
}

export class WantedRoom {
  readonly roomId: RoomId
  readonly grant: () => Grant
  result: 'waiting' | 'registered' | 'refused' = 'waiting'
  code: RootPeerRefusal | null = null
  /** When the root peer's intake ends, ms since 1970 UTC; null until it said so. */
  expiresAt: number | null = null
  /** The question that was not answered yet. */
  asked: 'want' | 'register' | null = null

  constructor({ roomId, grant }: RoomWish) {
    this.roomId = roomId
    this.grant = grant
  }

  /** The connection ended: an answer to what was asked will not come any more. */
  forgetQuestion(): void {
    this.asked = null
  }
}
