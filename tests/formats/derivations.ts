/** Everything that follows from its inputs alone: keys, ids, proofs, signatures, sealed blocks, links. */
import { logKeyOf } from '../../src-main/log/hypercore-internals.js'
import { sealBlock } from '../../src-main/protocol/block.js'
import { encrypt, hash, sign, signKeyPair } from '../../src-main/protocol/crypto.js'
import { certifyDevice } from '../../src-main/protocol/identity.js'
import { encodeKey, encodeMessageId, messageId, roomHandle } from '../../src-main/protocol/ids.js'
import { encodeInvite } from '../../src-main/protocol/invite.js'
import { LIMITS } from '../../src-main/protocol/limits.js'
import { roomKeys } from '../../src-main/protocol/room-keys.js'
import { roomChannelId, roomProof } from '../../src-main/protocol/room-messages.js'
import { createGrant } from '../../src-main/protocol/root-peer-messages.js'
import { createLogRecord, createRetiredRecord, encodeRosterRecord } from '../../src-main/protocol/roster.js'
import * as inputs from './inputs.js'
import { type Plain, plain } from './plain.js'

/** Bytes in hex, numbers, and texts; seeds are those of Ed25519 key pairs. */
export type Input = Record<string, string | number | string[]>

export interface Derivation {
  readonly inputs: readonly Input[]
  derive(input: Input): Plain
}

/** Reads an input's fields. */
class Fields {
  readonly #input: Input

  constructor(input: Input) {
    this.#input = input
  }

  text(name: string): string {
    return String(this.#input[name])
  }

  number(name: string): number {
    return Number(this.#input[name])
  }

  bytes(name: string): Buffer {
    return Buffer.from(this.text(name), 'hex')
  }

  list(name: string): Buffer[] {
    return (this.#input[name] as string[]).map((text) => Buffer.from(text, 'hex'))
  }

  pair(name: string) {
    return signKeyPair(this.bytes(name))
  }

  room() {
    return roomKeys(this.bytes('secret'), this.bytes('creator'))
  }
}

function derivation(list: readonly Record<string, unknown>[], derive: (fields: Fields) => unknown): Derivation {
  return {
    inputs: list.map((input) => plain(input) as Input),
    derive: (input) => plain(derive(new Fields(input)))
  }
}

const seeds = {
  identitySeed: inputs.count(32, 0x20),
  deviceSeed: inputs.count(32, 0x40),
  logSeed: inputs.count(32, 0x80)
}
const place = { roomId: inputs.room.roomId, logKey: inputs.logKey }
const { secret, TIME } = inputs
const creator = inputs.identity.publicKey
const invite = { secret, creator, rootPeers: [], inviter: inputs.inviterKey, name: 'Roots' }

/** The largest entry of each block size; the smallest entry is empty. */
const entryLengths = [0, ...LIMITS.blockSizes.map((size) => size - 45)]

export const DERIVATIONS: Record<string, Derivation> = {
  'room keys': derivation(
    [
      { secret, creator },
      { secret, creator: Buffer.alloc(32) }
    ],
    (fields) => {
      const { roomId, signing, topic, contentKey, signalKey } = fields.room()
      const texts = { roomIdText: encodeKey(roomId), handle: roomHandle(roomId) }
      return { roomId, signingSecretKey: signing.secretKey, topic, contentKey, signalKey, ...texts }
    }
  ),
  'log key': derivation([{ logSeed: seeds.logSeed }], (fields) => {
    const { publicKey } = fields.pair('logSeed')
    return { signerPublicKey: publicKey, logKey: logKeyOf(publicKey) }
  }),
  'message id': derivation([{ identityKey: creator, clientId: inputs.clientId }], (fields) => {
    const id = messageId(fields.bytes('identityKey'), fields.bytes('clientId'))
    return { id, text: encodeMessageId(id) }
  }),
  'device certificate': derivation(
    [
      {
        identitySeed: seeds.identitySeed,
        deviceKey: inputs.deviceSigning.publicKey,
        deviceBoxKey: inputs.deviceBoxKey,
        TIME
      }
    ],
    (fields) =>
      certifyDevice(
        fields.pair('identitySeed'),
        fields.bytes('deviceKey'),
        fields.bytes('deviceBoxKey'),
        fields.number('TIME')
      )
  ),
  'log signature': derivation([{ deviceSeed: seeds.deviceSeed, ...place }], (fields) =>
    sign('log', [fields.bytes('roomId'), fields.bytes('logKey')], fields.pair('deviceSeed').secretKey)
  ),
  'roster record log': derivation([{ secret, creator, logSeed: seeds.logSeed }], (fields) => {
    const { roomId, signing } = fields.room()
    const log = fields.pair('logSeed')
    return encodeRosterRecord(createLogRecord(roomId, signing, logKeyOf(log.publicKey), log))
  }),
  'roster record retired': derivation([{ secret, creator, logSeed: seeds.logSeed, finalLength: 41 }], (fields) => {
    const log = fields.pair('logSeed')
    const key = logKeyOf(log.publicKey)
    return encodeRosterRecord(createRetiredRecord(fields.room().roomId, key, fields.number('finalLength'), log))
  }),
  grant: derivation([{ secret, creator, expiresAt: TIME, replicationFactor: 3 }], (fields) => {
    const { roomId, signing } = fields.room()
    return createGrant(roomId, signing, fields.number('expiresAt'), fields.number('replicationFactor')).signature
  }),
  channel: derivation([{ handshakeHash: inputs.handshakeHash, roomId: place.roomId }], (fields) => {
    const handshakeHash = fields.bytes('handshakeHash')
    const roomId = fields.bytes('roomId')
    const proofs = {
      initiator: roomProof(handshakeHash, true, roomId),
      responder: roomProof(handshakeHash, false, roomId)
    }
    return { id: roomChannelId(handshakeHash, roomId), ...proofs }
  }),
  block: derivation(
    entryLengths.map((entryLength) => ({
      secret,
      creator,
      logKey: place.logKey,
      sequence: 70_000,
      nonce: inputs.nonce,
      entryLength
    })),
    (fields) => {
      const { roomId, contentKey } = fields.room()
      const at = { roomId, logKey: fields.bytes('logKey'), sequence: fields.number('sequence') }
      const block = sealBlock(inputs.count(fields.number('entryLength'), 0), at, contentKey, fields.bytes('nonce'))
      return { length: block.byteLength, first64: block.subarray(0, 64), hash: hash([block]) }
    }
  ),
  signal: derivation(
    [
      {
        secret,
        creator,
        deviceSeed: seeds.deviceSeed,
        logKey: place.logKey,
        counter: TIME + 5,
        TIME,
        nonce: inputs.nonce,
        body: '0100'
      }
    ],
    (fields) => {
      const { roomId, signalKey } = fields.room()
      const body = fields.bytes('body')
      const numbers = [fields.number('counter'), fields.number('TIME')].map((value) => {
        const bytes = Buffer.alloc(8)
        bytes.writeBigUInt64LE(BigInt(value))
        return bytes
      })
      const parts = [roomId, fields.bytes('logKey'), ...numbers, body]
      const signature = sign('signal', parts, fields.pair('deviceSeed').secretKey)
      return { signature, sealed: encrypt(Buffer.concat([signature, body]), roomId, fields.bytes('nonce'), signalKey) }
    }
  ),
  invite: derivation(
    [
      invite,
      { ...invite, rootPeers: [inputs.rootPeerKey] },
      { ...invite, rootPeers: [inputs.rootPeerKey, inputs.otherRootPeerKey], name: 'Würzelchen 🌳 für alle' },
      { ...invite, name: '' }
    ],
    (fields) =>
      encodeInvite({
        secret: fields.bytes('secret'),
        creator: fields.bytes('creator'),
        rootPeers: fields.list('rootPeers'),
        inviter: fields.bytes('inviter'),
        name: fields.text('name')
      })
  )
}
