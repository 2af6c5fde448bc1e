/**
 * docs/PROTOCOL.md followed to the letter, without any code of ours: what a second implementation would compute is what
 * release 0.1 wrote.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sodium from 'sodium-native'
import { expect, it } from 'vitest'

type Texts = 'secret' | 'creator' | 'roomId' | 'logKey' | 'identityKey' | 'deviceKey' | 'deviceBoxKey' | 'clientId'
type Seeds = 'logSeed' | 'identitySeed' | 'deviceSeed'
type Numbers = 'TIME' | 'expiresAt' | 'replicationFactor' | 'finalLength' | 'sequence' | 'entryLength' | 'counter'
type Rest = 'nonce' | 'handshakeHash' | 'body' | 'inviter' | 'name'
type Input = Record<Texts | Seeds | Rest, string> & Record<Numbers, number> & { rootPeers: string[] }
type Outputs = Record<string, string>

function load(name: string) {
  return JSON.parse(readFileSync(join(import.meta.dirname, '0.1', `${name}.json`), 'utf8'))
}

const derivations = load('derivations')
const logs: { logSeed: string; blocks: string[]; length: number; treeHash: string; signature: string }[] = load('logs')

/** Texts are UTF-8, everything else bytes. */
function concat(parts: (Uint8Array | string)[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part as string)))
}

function blake(parts: (Uint8Array | string)[], key?: Uint8Array): Buffer {
  const out = Buffer.alloc(32)
  sodium.crypto_generichash(out, concat(parts), key)
  return out
}

function keyPair(seed: Uint8Array) {
  const [publicKey, secretKey] = [Buffer.alloc(32), Buffer.alloc(64)]
  sodium.crypto_sign_seed_keypair(publicKey, secretKey, seed)
  return { publicKey, secretKey }
}

function sign(parts: (Uint8Array | string)[], secretKey: Uint8Array): Buffer {
  const signature = Buffer.alloc(64)
  sodium.crypto_sign_detached(signature, concat(parts), secretKey)
  return signature
}

function u64(value: number): Buffer {
  const out = Buffer.alloc(8)
  out.writeBigUInt64LE(BigInt(value))
  return out
}

const bytes = (hex: string) => Buffer.from(hex, 'hex')
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex')
const vectors = <Output = Outputs>(name: string): { input: Input; output: Output }[] => derivations[name]

const room = (input: Input) =>
  keyPair(blake(['mangrove/room-sign'], Buffer.concat([bytes(input.secret), bytes(input.creator)])))

it('room keys', () => {
  for (const { input, output } of vectors('room keys')) {
    const { publicKey } = room(input)
    expect(hex(publicKey)).toBe(output.roomId)
    expect(hex(blake(['mangrove/topic'], publicKey))).toBe(output.topic)
    expect(hex(blake(['mangrove/handle'], publicKey).subarray(0, 8))).toBe(output.handle)
    expect(hex(blake(['mangrove/content'], bytes(input.secret)))).toBe(output.contentKey)
    expect(hex(blake(['mangrove/signal'], bytes(input.secret)))).toBe(output.signalKey)
  }
})

const namespace = (index: number) => blake([blake(['hypercore']), Buffer.from([index])])
const logKeyOf = (signer: Uint8Array) => blake([namespace(3), Buffer.from([1, 0, 0, 1, 1, 0]), namespace(4), signer])

it('log keys', () => {
  for (const { input, output } of vectors('log key')) {
    expect(hex(logKeyOf(keyPair(bytes(input.logSeed)).publicKey))).toBe(output.logKey)
  }
})

interface Node {
  index: number
  size: number
  hash: Buffer
}

/** Roots of the tree over the blocks, left to right; written for up to three blocks. */
function rootsOf(blocks: Buffer[]): Node[] {
  const leaves = blocks.map((block, i) => {
    return { index: 2 * i, size: block.byteLength, hash: blake([Buffer.from([0]), u64(block.byteLength), block]) }
  })
  const [a, b, ...rest] = leaves
  if (!a || !b) return leaves
  const size = a.size + b.size
  return [{ index: 1, size, hash: blake([Buffer.from([1]), u64(size), a.hash, b.hash]) }, ...rest]
}

it('trees and their signatures', () => {
  for (const log of logs) {
    const roots = rootsOf(log.blocks.map(bytes))
    const rows = roots.flatMap(({ hash, index, size }) => [hash, u64(index), u64(size)])
    const treeHash = blake([Buffer.from([2]), ...rows])
    expect(hex(treeHash)).toBe(log.treeHash)
    const { publicKey, secretKey } = keyPair(bytes(log.logSeed))
    const signature = sign([namespace(0), logKeyOf(publicKey), treeHash, u64(log.length), u64(0)], secretKey)
    expect(`0100${hex(signature)}0000`).toBe(log.signature)
  }
})

it('message ids', () => {
  for (const { input, output } of vectors('message id')) {
    const id = blake(['mangrove/message', bytes(input.identityKey), bytes(input.clientId)])
    expect(hex(id.subarray(0, 16))).toBe(output.id)
  }
})

it('certificates and log signatures', () => {
  for (const { input, output } of vectors<string>('device certificate')) {
    const parts = ['mangrove/device/1', bytes(input.deviceKey), bytes(input.deviceBoxKey), u64(input.TIME)]
    expect(hex(sign(parts, keyPair(bytes(input.identitySeed)).secretKey))).toBe(output)
  }
  for (const { input, output } of vectors<string>('log signature')) {
    const parts = ['mangrove/log/1', bytes(input.roomId), bytes(input.logKey)]
    expect(hex(sign(parts, keyPair(bytes(input.deviceSeed)).secretKey))).toBe(output)
  }
})

it('roster records', () => {
  for (const { input, output } of vectors<string>('roster record log')) {
    const { publicKey: roomId, secretKey } = room(input)
    const log = keyPair(bytes(input.logSeed))
    const fields = Buffer.concat([Buffer.from([1, 0]), logKeyOf(log.publicKey), log.publicKey, Buffer.from([0])])
    const roomSignature = sign(['mangrove/roster-room/1', roomId, fields], secretKey)
    const logSignature = sign(['mangrove/roster-log/1', roomId, fields, roomSignature], log.secretKey)
    expect(hex(Buffer.concat([fields, roomSignature, logSignature]))).toBe(output)
  }
  for (const { input, output } of vectors<string>('roster record retired')) {
    const { publicKey: roomId } = room(input)
    const log = keyPair(bytes(input.logSeed))
    const key = logKeyOf(log.publicKey)
    const length = u64(input.finalLength)
    const signature = sign(['mangrove/retired/1', roomId, key, length], log.secretKey)
    expect(hex(Buffer.concat([Buffer.from([1, 1]), key, log.publicKey, length, signature]))).toBe(output)
  }
})

it('grants', () => {
  for (const { input, output } of vectors<string>('grant')) {
    const { publicKey, secretKey } = room(input)
    const numbers = [u64(input.expiresAt), u64(input.replicationFactor)]
    expect(hex(sign(['mangrove/grant/1', publicKey, ...numbers], secretKey))).toBe(output)
  }
})

it('channel ids and proofs', () => {
  for (const { input, output } of vectors('channel')) {
    const key = bytes(input.handshakeHash)
    const proof = (side: number) => blake(['mangrove/room-proof/1', Buffer.from([side]), bytes(input.roomId)], key)
    expect(hex(blake(['mangrove/room-id/1', bytes(input.roomId)], key))).toBe(output.id)
    expect(hex(proof(1))).toBe(output.initiator)
    expect(hex(proof(0))).toBe(output.responder)
  }
})

function seal(plaintext: Buffer, aad: Buffer, nonce: Buffer, key: Buffer): Buffer {
  const out = Buffer.alloc(plaintext.byteLength + 16)
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(out, plaintext, aad, null, nonce, key)
  return out
}

it('blocks', () => {
  for (const { input, output } of vectors('block')) {
    const length = input.entryLength
    const entry = Buffer.from(Array.from({ length }, (_, i) => i & 0xff))
    const size = [256, 1024, 4096, 16_384, 65_536].find((candidate) => candidate >= length + 45) ?? (0 as number)
    const padded = Buffer.alloc(size - 41)
    padded.writeUInt32LE(length)
    padded.set(entry, 4)
    const aad = Buffer.concat([room(input).publicKey, bytes(input.logKey), u64(input.sequence)])
    const sealed = seal(padded, aad, bytes(input.nonce), blake(['mangrove/content'], bytes(input.secret)))
    const block = Buffer.concat([Buffer.from([1]), bytes(input.nonce), sealed])
    expect({ length: block.byteLength, hash: hex(blake([block])) }).toMatchObject({ length: size, hash: output.hash })
  }
})

it('signals', () => {
  for (const { input, output } of vectors('signal')) {
    const { publicKey: roomId } = room(input)
    const numbers = [u64(input.counter), u64(input.TIME)]
    const parts = ['mangrove/signal/1', roomId, bytes(input.logKey), ...numbers, bytes(input.body)]
    const signature = sign(parts, keyPair(bytes(input.deviceSeed)).secretKey)
    const key = blake(['mangrove/signal'], bytes(input.secret))
    expect(hex(seal(Buffer.concat([signature, bytes(input.body)]), roomId, bytes(input.nonce), key))).toBe(
      output.sealed
    )
  }
})

it('invites', () => {
  for (const { input, output } of vectors<string>('invite')) {
    const keys = [...input.rootPeers, input.inviter].map(bytes)
    const name = Buffer.from(input.name)
    const body = Buffer.concat([
      ...[Buffer.from([1, 0]), bytes(input.secret), bytes(input.creator), Buffer.from([keys.length]), ...keys],
      ...[Buffer.from([name.byteLength]), name]
    ])
    const link = Buffer.concat([body, blake([body]).subarray(0, 4)]).toString('base64url')
    expect(`mangrove://join/${link}`).toBe(output)
  }
})
