/**
 * The messages of `mangrove/room/1` (DESIGN §4), byte by byte in docs/PROTOCOL.md. Each is one Protomux message of raw
 * bytes; decoders throw MALFORMED and never allocate more than the frame holds.
 */
import { hash } from './crypto.js'
import { malformed } from './errors.js'
import type { LogKey, NoiseKey, RoomId } from './ids.js'
import { LIMITS } from './limits.js'
import { Reader, Writer } from './reader.js'
import { decodeRosterRecord, encodeRosterRecord, type RosterRecord } from './roster.js'

export const ROOM_PROTOCOL = 'mangrove/room/1'

/** A message's index on the channel. */
export const ROOM_MESSAGES = {
  roster: 0,
  heads: 1,
  push: 2,
  ack: 3,
  pull: 4,
  jump: 5,
  blocks: 6,
  conflict: 7,
  signal: 8,
  peers: 9,
  refused: 10
} as const

/** Channel id: BLAKE2b-256 keyed by the Noise handshake hash, so that listening on a topic yields nothing. */
export function roomChannelId(handshakeHash: Uint8Array, roomId: RoomId): Buffer {
  return hash([Buffer.from('mangrove/room-id/1'), roomId], handshakeHash)
}

/** The proof that one knows the room id, different for each side of a connection. */
export function roomProof(handshakeHash: Uint8Array, isInitiator: boolean, roomId: RoomId): Buffer {
  return hash([Buffer.from('mangrove/room-proof/1'), Buffer.from([isInitiator ? 1 : 0]), roomId], handshakeHash)
}

export interface SignedHead {
  readonly logKey: LogKey
  readonly length: number
  readonly treeHash: Buffer
  readonly signature: Buffer
}

export interface Heads {
  readonly rows: readonly SignedHead[]
  /** True in the last frame of a replica's first listing, and in every later update. */
  readonly last: boolean
}

/** Blocks `start` to `start + blocks.length`, and the log's signature over the tree at the end. */
export interface Frame {
  readonly logKey: LogKey
  readonly start: number
  readonly blocks: readonly Buffer[]
  readonly signature: Buffer
}

/** Unsolicited, part of the answer to a pull, or the last frame of that answer. Answers cost no rate. */
export const PUSH_KINDS = ['push', 'answer', 'last-answer'] as const
export type PushKind = (typeof PUSH_KINDS)[number]

export interface Push extends Frame {
  readonly kind: PushKind
}

export interface Ack {
  readonly logKey: LogKey
  readonly from: number
  readonly length: number
  readonly treeHash: Buffer
}

export interface Pull {
  readonly logKey: LogKey
  readonly from: number
}

export interface Signal {
  readonly logKey: LogKey
  readonly counter: number
  readonly time: number
  readonly nonce: Buffer
  readonly sealed: Buffer
}

export const REFUSALS = { nothing: 1, unknownLog: 2, full: 3, retired: 4, quarantined: 5 } as const

export interface Refused {
  readonly logKey: LogKey
  readonly code: number
}

export function encodeRoster(records: readonly RosterRecord[]): Buffer {
  const writer = new Writer()
  return writer.array(records, (record) => writer.buffer(encodeRosterRecord(record))).bytes()
}

export function decodeRoster(bytes: Uint8Array): RosterRecord[] {
  const reader = new Reader(bytes)
  const rows = reader.array(LIMITS.rosterRows, () => decodeRosterRecord(reader.buffer(512)))
  return rows.filter((row) => row !== null)
}

export function encodeHeads(heads: Heads): Buffer {
  const writer = new Writer().uint8(heads.last ? 1 : 0)
  const row = (head: SignedHead) =>
    writer.fixed(head.logKey).uint(head.length).fixed(head.treeHash).buffer(head.signature)
  return writer.array(heads.rows, row).bytes()
}

export function decodeHeads(bytes: Uint8Array): Heads {
  const reader = new Reader(bytes)
  const last = reader.uint8() === 1
  const rows = reader.array(LIMITS.headsRows, () => ({
    logKey: reader.key(),
    length: reader.uint(),
    treeHash: reader.key(),
    signature: reader.buffer(LIMITS.signature)
  }))
  return { rows, last }
}

export function encodePush(push: Push): Buffer {
  const kind = PUSH_KINDS.indexOf(push.kind)
  const writer = new Writer().uint8(kind).fixed(push.logKey).uint(push.start).buffer(push.signature)
  return writer.array(push.blocks, (block) => writer.buffer(block)).bytes()
}

export function decodePush(bytes: Uint8Array): Push {
  const reader = new Reader(bytes)
  const kind = PUSH_KINDS[reader.uint8()]
  const logKey = reader.key()
  const start = reader.uint()
  const signature = reader.buffer(LIMITS.signature)
  const blocks = reader.array(LIMITS.pullEntries, () => reader.buffer(maxBlock))
  if (!kind || blocks.length === 0) throw malformed('push')
  return { kind, logKey, start, signature, blocks }
}

const maxBlock = Math.max(...LIMITS.blockSizes)

export function encodeAck(ack: Ack): Buffer {
  return new Writer().fixed(ack.logKey).uint(ack.from).uint(ack.length).fixed(ack.treeHash).bytes()
}

export function decodeAck(bytes: Uint8Array): Ack {
  const reader = new Reader(bytes)
  const ack = { logKey: reader.key(), from: reader.uint(), length: reader.uint(), treeHash: reader.key() }
  if (ack.from > ack.length) throw malformed('ack range')
  return ack
}

export function encodePull(pull: Pull): Buffer {
  return new Writer().fixed(pull.logKey).uint(pull.from).bytes()
}

export function decodePull(bytes: Uint8Array): Pull {
  const reader = new Reader(bytes)
  return { logKey: reader.key(), from: reader.uint() }
}

export function encodeSignal(signal: Signal): Buffer {
  const writer = new Writer().fixed(signal.logKey).uint(signal.counter).uint(signal.time).fixed(signal.nonce)
  return writer.buffer(signal.sealed).bytes()
}

export function decodeSignal(bytes: Uint8Array): Signal {
  const reader = new Reader(bytes)
  return {
    logKey: reader.key(),
    counter: reader.uint(),
    time: reader.uint(),
    nonce: reader.fixed(24),
    sealed: reader.buffer(LIMITS.signalBody)
  }
}

export function encodePeers(keys: readonly NoiseKey[]): Buffer {
  const writer = new Writer()
  return writer.array(keys, (key) => writer.fixed(key)).bytes()
}

export function decodePeers(bytes: Uint8Array): NoiseKey[] {
  const reader = new Reader(bytes)
  return reader.array(LIMITS.peersRows, () => reader.key())
}

export function encodeRefused(refused: Refused): Buffer {
  return new Writer().fixed(refused.logKey).uint8(refused.code).bytes()
}

export function decodeRefused(bytes: Uint8Array): Refused {
  const reader = new Reader(bytes)
  return { logKey: reader.key(), code: reader.uint8() }
}
