/** The messages of `mangrove/root-peer/1` (DESIGN §8) and the grant that registers a room. */
import { uint64le } from './bytes.js'
import { type KeyPair, sign, verify } from './crypto.js'
import type { RoomId } from './ids.js'
import { Reader, Writer } from './reader.js'

export const ROOT_PEER_PROTOCOL = 'mangrove/root-peer/1'

export const ROOT_PEER_MESSAGES = {
  announcement: 0,
  registerRoom: 1,
  wantRoom: 2,
  registered: 3,
  refused: 4,
  status: 5
} as const

export const CAPABILITIES = { storage: 1, introduction: 2, signals: 4 } as const

export interface Announcement {
  readonly version: number
  /** Bits of CAPABILITIES. */
  readonly capabilities: number
  readonly limits: { readonly rooms: number; readonly roomBytes: number; readonly logBytes: number }
}

export interface Grant {
  readonly roomId: RoomId
  /** ms since 1970 UTC; intake ends then. */
  readonly expiresAt: number
  readonly replicationFactor: number
  readonly signature: Buffer
}

export interface RegisterRoom {
  readonly grant: Grant
  /** Empty, or what the operator asks for; at most 512 bytes. */
  readonly credential: Buffer
}

/** OTHER stands for every number that this version does not know. */
export const ROOT_PEER_REFUSALS = {
  OTHER: 0,
  FULL: 1,
  NOT_ADMITTED: 2,
  BAD_GRANT: 3,
  EXPIRED: 4,
  UNKNOWN_ROOM: 5,
  REMOVED: 6,
  TOO_MANY: 7
} as const

export type RootPeerRefusal = keyof typeof ROOT_PEER_REFUSALS

export interface RootPeerRefused {
  readonly roomId: RoomId
  readonly code: RootPeerRefusal
}

export interface Registered {
  readonly roomId: RoomId
  readonly expiresAt: number
}

/** What the serving side tells of a room: when deletion comes if nobody renews, and bytes kept. */
export interface RoomStatus {
  readonly roomId: RoomId
  readonly bytes: number
  readonly deletionAt: number
}

/** Signed by the room key: only who knows the secret can ask, and a root peer can pass it on. */
export function createGrant(roomId: RoomId, room: KeyPair, expiresAt: number, replicationFactor = 3): Grant {
  const signature = sign('grant', grantParts(roomId, expiresAt, replicationFactor), room.secretKey)
  return { roomId, expiresAt, replicationFactor, signature }
}

export function verifyGrant(grant: Grant): boolean {
  const parts = grantParts(grant.roomId, grant.expiresAt, grant.replicationFactor)
  return verify('grant', parts, grant.signature, grant.roomId)
}

function grantParts(roomId: RoomId, expiresAt: number, replicationFactor: number): Buffer[] {
  return [roomId, uint64le(expiresAt), uint64le(replicationFactor)]
}

export function encodeAnnouncement(message: Announcement): Buffer {
  const { rooms, roomBytes, logBytes } = message.limits
  return new Writer()
    .uint(message.version)
    .uint(message.capabilities)
    .uint(rooms)
    .uint(roomBytes)
    .uint(logBytes)
    .bytes()
}

export function decodeAnnouncement(bytes: Uint8Array): Announcement {
  const reader = new Reader(bytes)
  const version = reader.uint()
  const capabilities = reader.uint()
  return { version, capabilities, limits: { rooms: reader.uint(), roomBytes: reader.uint(), logBytes: reader.uint() } }
}

export function encodeRegisterRoom(message: RegisterRoom): Buffer {
  const { roomId, expiresAt, replicationFactor, signature } = message.grant
  return new Writer()
    .fixed(roomId)
    .uint(expiresAt)
    .uint(replicationFactor)
    .fixed(signature)
    .buffer(message.credential)
    .bytes()
}

export function decodeRegisterRoom(bytes: Uint8Array): RegisterRoom {
  const reader = new Reader(bytes)
  const grant = {
    roomId: reader.key(),
    expiresAt: reader.uint(),
    replicationFactor: reader.uint(255),
    signature: reader.fixed(64)
  }
  return { grant, credential: reader.buffer(512) }
}

export function encodeWantRoom(roomId: RoomId): Buffer {
  return new Writer().fixed(roomId).bytes()
}

export function decodeWantRoom(bytes: Uint8Array): RoomId {
  return new Reader(bytes).key()
}

export function encodeRegistered(message: Registered): Buffer {
  return new Writer().fixed(message.roomId).uint(message.expiresAt).bytes()
}

export function decodeRegistered(bytes: Uint8Array): Registered {
  const reader = new Reader(bytes)
  return { roomId: reader.key(), expiresAt: reader.uint() }
}

export function encodeRootPeerRefused(message: RootPeerRefused): Buffer {
  return new Writer().fixed(message.roomId).uint8(ROOT_PEER_REFUSALS[message.code]).bytes()
}

export function decodeRootPeerRefused(bytes: Uint8Array): RootPeerRefused {
  const reader = new Reader(bytes)
  const roomId = reader.key()
  const number = reader.uint8()
  const known = Object.entries(ROOT_PEER_REFUSALS).find(([, value]) => value === number)
  return { roomId, code: (known?.[0] ?? 'OTHER') as RootPeerRefusal }
}

export function encodeRoomStatus(message: RoomStatus): Buffer {
  return new Writer().fixed(message.roomId).uint(message.bytes).uint(message.deletionAt).bytes()
}

export function decodeRoomStatus(bytes: Uint8Array): RoomStatus {
  const reader = new Reader(bytes)
  return { roomId: reader.key(), bytes: reader.uint(), deletionAt: reader.uint() }
}
