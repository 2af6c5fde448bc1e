/** From a room's 32-byte secret and its creator to every key of the room (DESIGN §3). */
import { type KeyPair, kdf, signKeyPair } from './crypto.js'
import type { IdentityKey, RoomId } from './ids.js'

export interface RoomKeys {
  readonly secret: Buffer
  readonly creator: IdentityKey
  readonly roomId: RoomId
  /** Signs roster records and grants: proves membership, never authorship. */
  readonly signing: KeyPair
  readonly topic: Buffer
  readonly contentKey: Buffer
  readonly signalKey: Buffer
}

/** `creator` is the creator's identity key, or 32 zero bytes in a direct room. */
export function roomKeys(secret: Buffer, creator: IdentityKey): RoomKeys {
  const signing = signKeyPair(kdf(Buffer.concat([secret, creator]), 'mangrove/room-sign'))
  return {
    secret,
    creator,
    roomId: signing.publicKey,
    signing,
    topic: roomTopic(signing.publicKey),
    contentKey: kdf(secret, 'mangrove/content'),
    signalKey: kdf(secret, 'mangrove/signal')
  }
}

export function roomTopic(roomId: RoomId): Buffer {
  return kdf(roomId, 'mangrove/topic')
}
