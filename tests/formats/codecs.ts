/** Every pair of encoder and decoder for what another machine made, with values that show all of its branches. */
import {
  decodeEntry,
  decodePositions,
  type Entry,
  encodeEntry,
  encodePositions
} from '../../src-main/protocol/entry.js'
import { createHello } from '../../src-main/protocol/identity.js'
import { logPrefix } from '../../src-main/protocol/ids.js'
import * as wire from '../../src-main/protocol/room-messages.js'
import * as rootPeer from '../../src-main/protocol/root-peer-messages.js'
import {
  createLogRecord,
  createRetiredRecord,
  decodeRosterRecord,
  encodeRosterRecord
} from '../../src-main/protocol/roster.js'
import { openSignal, sealSignal } from '../../src-main/protocol/signal.js'
import * as inputs from './inputs.js'
import { type Plain, plain } from './plain.js'

export interface Codec {
  /** Names of the sample values. */
  readonly samples: readonly string[]
  encodeSample(name: string): Buffer
  /** Throws as the decoder does. */
  decode(bytes: Uint8Array): Plain
  /** What the encoder makes of the decoded value; null where the decoder keeps a record out. */
  recode(bytes: Uint8Array): Buffer | null
}

function codec<T>(
  encode: (value: T) => Buffer,
  decode: (bytes: Uint8Array) => T | null,
  samples: Record<string, T>
): Codec {
  return {
    samples: Object.keys(samples),
    encodeSample: (name) => encode(samples[name] as T),
    decode: (bytes) => plain(decode(bytes)),
    recode: (bytes) => {
      const value = decode(bytes)
      return value === null ? null : encode(value)
    }
  }
}

const { clientId, logKey, logSigner, otherLogKey, room, TIME } = inputs
const head = { log: logPrefix(logKey), length: 7 }
const otherHead = { log: logPrefix(otherLogKey), length: 70_000 }
const signature = Buffer.concat([Buffer.from([1, 0]), inputs.count(64, 0x30), Buffer.from([0, 0])])
const treeHash = inputs.count(32, 0x77)
const hello = createHello(inputs.identity.publicKey, inputs.device, room.roomId, logKey, 'Alice')

function entry(body: Entry['body'], rest: Partial<Entry> = {}): Entry {
  return { clientId, lamport: 1, time: TIME, heads: [], body, ...rest }
}

const entries: Record<string, Entry> = {
  hello: entry(hello),
  'hello without a name': entry({ ...hello, name: '' }),
  text: entry({ type: 'text', text: 'Grüße aus dem Wald 🌱' }, { lamport: 300, heads: [head, otherHead] }),
  'text without heads': entry({ type: 'text', text: '' }, { lamport: 2 ** 53 - 1, time: 2 ** 53 - 1 }),
  profile: entry({ type: 'profile', name: 'Álice' }, { lamport: 65_536 }),
  receipt: entry({ type: 'receipt', read: [otherHead] }, { heads: [otherHead] }),
  'receipt without positions': entry({ type: 'receipt', read: [] }, { heads: [head] }),
  'room with a name': entry({ type: 'room', name: 'Wurzeln 🌳' }),
  'room with every field': entry({
    type: 'room',
    name: 'Roots',
    topic: 'What grows',
    pin: inputs.rootPeerKey,
    unpin: inputs.otherRootPeerKey
  }),
  'reserved type': entry({ type: 'unknown', number: 3, bytes: Buffer.from('an edit, some day') }),
  'unknown type': entry({ type: 'unknown', number: 70_000, bytes: Buffer.from([1, 2, 3]) }, { heads: [head] })
}

const logRecord = createLogRecord(room.roomId, room.signing, logKey, logSigner)
const retiredRecord = createRetiredRecord(room.roomId, logKey, 41, logSigner)

const signedHead: wire.SignedHead = { logKey, length: 7, treeHash, signature }
const push: wire.Push = { kind: 'push', logKey, start: 6, signature, blocks: [inputs.count(256, 5)] }

const signalBody = { logKey, counter: TIME + 5, time: TIME, body: encodePositions({ received: [head], away: false }) }
/** Sealed once: its nonce is random, so only opening is compared. */
const signal = sealSignal(room, signalBody, inputs.deviceSigning.secretKey)
export const openSampleSignal = (sealed: wire.Signal) => openSignal(room, sealed, inputs.deviceSigning.publicKey)

const grant = rootPeer.createGrant(room.roomId, room.signing, TIME + 365 * 86_400_000)
const { roomId } = room

export const CODECS: Record<string, Codec> = {
  entry: codec(encodeEntry, decodeEntry, entries),
  positions: codec(encodePositions, decodePositions, {
    'two logs': { received: [head, otherHead], away: false },
    none: { received: [], away: false },
    goodbye: { received: [], away: true }
  }),
  'roster-record': codec(encodeRosterRecord, decodeRosterRecord, { log: logRecord, retired: retiredRecord }),
  'room-roster': codec(wire.encodeRoster, wire.decodeRoster, { both: [logRecord, retiredRecord], none: [] }),
  'room-heads': codec(wire.encodeHeads, wire.decodeHeads, {
    'not the last': { rows: [signedHead], last: false },
    'the last': { rows: [signedHead, { ...signedHead, logKey: otherLogKey, length: 2 ** 40 }], last: true },
    none: { rows: [], last: true }
  }),
  'room-push': codec(wire.encodePush, wire.decodePush, {
    push,
    answer: { ...push, kind: 'answer', start: 0, blocks: [inputs.count(256, 1), inputs.count(1024, 2)] },
    'last answer': { ...push, kind: 'last-answer', start: 2 ** 33 }
  }),
  'room-ack': codec(wire.encodeAck, wire.decodeAck, { ack: { logKey, from: 0, length: 7, treeHash } }),
  'room-pull': codec(wire.encodePull, wire.decodePull, { pull: { logKey, from: 70_000 } }),
  'room-signal': codec(wire.encodeSignal, wire.decodeSignal, { positions: signal }),
  'room-peers': codec(wire.encodePeers, wire.decodePeers, { two: [inputs.rootPeerKey, inputs.inviterKey], none: [] }),
  'room-refused': codec(wire.encodeRefused, wire.decodeRefused, { nothing: { logKey, code: wire.REFUSALS.nothing } }),
  'root-peer-announcement': codec(rootPeer.encodeAnnouncement, rootPeer.decodeAnnouncement, {
    announcement: { version: 1, capabilities: 7, limits: { rooms: 10_000, roomBytes: 2 ** 29, logBytes: 2 ** 26 } }
  }),
  'root-peer-register-room': codec(rootPeer.encodeRegisterRoom, rootPeer.decodeRegisterRoom, {
    'no credential': { grant, credential: Buffer.alloc(0) },
    'with a credential': { grant, credential: Buffer.from('token') }
  }),
  'root-peer-want-room': codec(rootPeer.encodeWantRoom, rootPeer.decodeWantRoom, { room: roomId }),
  'root-peer-registered': codec(rootPeer.encodeRegistered, rootPeer.decodeRegistered, {
    registered: { roomId, expiresAt: TIME }
  }),
  'root-peer-refused': codec(
    rootPeer.encodeRootPeerRefused,
    rootPeer.decodeRootPeerRefused,
    Object.fromEntries(
      (Object.keys(rootPeer.ROOT_PEER_REFUSALS) as rootPeer.RootPeerRefusal[]).map((code) => [code, { roomId, code }])
    )
  ),
  'root-peer-status': codec(rootPeer.encodeRoomStatus, rootPeer.decodeRoomStatus, {
    status: { roomId, bytes: 2 ** 29, deletionAt: TIME }
  })
}
