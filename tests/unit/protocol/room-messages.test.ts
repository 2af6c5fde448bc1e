import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src-main/protocol/limits.js'
import { Writer } from '../../../src-main/protocol/reader.js'
import * as wire from '../../../src-main/protocol/room-messages.js'
import { createLogRecord, encodeRosterRecord } from '../../../src-main/protocol/roster.js'
import { count, handshakeHash, logKey, logSigner, nonce, room } from '../../formats/inputs.js'
import { anyBytes, anyUint, bytesOf, codeOf, RUNS } from './fuzz.js'

const malformed = (decode: () => unknown) => expect(codeOf(decode)).toBe('MALFORMED')
const TOO_FAR = Buffer.from([0xff, 0, 0, 0, 0, 0, 0, 0x20, 0])
const signature = count(68, 1)

describe('the channel', () => {
  const roomId = room.roomId

  it('has another id on every connection and for every room', () => {
    const id = wire.roomChannelId(handshakeHash, roomId)
    expect(wire.roomChannelId(count(64, 0x12), roomId)).not.toEqual(id)
    expect(wire.roomChannelId(handshakeHash, count(32, 1))).not.toEqual(id)
  })

  it('has a proof that cannot be sent back, nor used on another connection or for another room', () => {
    const proof = wire.roomProof(handshakeHash, true, roomId)
    expect(wire.roomProof(handshakeHash, false, roomId)).not.toEqual(proof)
    expect(wire.roomProof(count(64, 0x12), true, roomId)).not.toEqual(proof)
    expect(wire.roomProof(handshakeHash, true, count(32, 1))).not.toEqual(proof)
    expect(wire.roomChannelId(handshakeHash, roomId)).not.toEqual(proof)
  })
})

describe('roster', () => {
  const record = createLogRecord(room.roomId, room.signing, logKey, logSigner)

  it('leaves out records of later versions and keeps the others', () => {
    const newer = Buffer.concat([Buffer.from([2]), count(99, 1)])
    const frame = new Writer().uint(2).buffer(newer).buffer(encodeRosterRecord(record)).bytes()
    expect(wire.decodeRoster(frame)).toEqual([record])
  })

  it('has at most 256 records of at most 512 bytes', () => {
    const full = Array.from({ length: LIMITS.rosterRows }, () => record)
    expect(wire.decodeRoster(wire.encodeRoster(full))).toHaveLength(256)
    malformed(() => wire.decodeRoster(wire.encodeRoster([...full, record])))
    malformed(() => wire.decodeRoster(new Writer().uint(1).buffer(count(513, 2)).bytes()))
  })

  it('is refused as a whole if a record in it is cut', () => {
    const cut = encodeRosterRecord(record).subarray(0, -1)
    malformed(() => wire.decodeRoster(new Writer().uint(2).buffer(encodeRosterRecord(record)).buffer(cut).bytes()))
  })
})

describe('heads', () => {
  const row: wire.SignedHead = { logKey, length: 7, treeHash: count(32, 2), signature }

  it('are at most 256 a frame', () => {
    const rows = Array.from({ length: LIMITS.headsRows + 1 }, () => row)
    expect(wire.decodeHeads(wire.encodeHeads({ rows: rows.slice(1), last: true })).rows).toHaveLength(256)
    malformed(() => wire.decodeHeads(wire.encodeHeads({ rows, last: true })))
  })

  it('have signatures of at most 128 bytes', () => {
    const longest = { rows: [{ ...row, signature: count(128, 1) }], last: false }
    expect(wire.decodeHeads(wire.encodeHeads(longest))).toEqual(longest)
    malformed(() => wire.decodeHeads(wire.encodeHeads({ rows: [{ ...row, signature: count(129, 1) }], last: false })))
  })

  it('are the last only where the flag is 1', () => {
    for (const flag of [0, 2, 255]) expect(wire.decodeHeads(Buffer.from([flag, 0])).last).toBe(false)
    expect(wire.decodeHeads(Buffer.from([1, 0])).last).toBe(true)
  })

  it('do not reach beyond 2^53 - 1', () => {
    const tail = new Writer().fixed(count(32, 2)).buffer(signature).bytes()
    malformed(() => wire.decodeHeads(new Writer().uint8(1).uint(1).fixed(logKey).fixed(TOO_FAR).fixed(tail).bytes()))
  })
})

describe('push', () => {
  const push: wire.Push = { kind: 'push', logKey, start: 3, signature, blocks: [count(256, 1)] }

  it('has at least one block, and a kind that is known', () => {
    malformed(() => wire.decodePush(wire.encodePush({ ...push, blocks: [] })))
    const bytes = wire.encodePush(push)
    for (const kind of [3, 255]) {
      bytes[0] = kind
      malformed(() => wire.decodePush(bytes))
    }
  })

  it('has at most 1,000 blocks of at most 64 KiB', () => {
    const many = Array.from({ length: LIMITS.pullEntries + 1 }, () => count(1, 1))
    expect(wire.decodePush(wire.encodePush({ ...push, blocks: many.slice(1) })).blocks).toHaveLength(1000)
    malformed(() => wire.decodePush(wire.encodePush({ ...push, blocks: many })))
    expect(wire.decodePush(wire.encodePush({ ...push, blocks: [Buffer.alloc(65_536)] })).blocks[0]).toHaveLength(65_536)
    malformed(() => wire.decodePush(wire.encodePush({ ...push, blocks: [Buffer.alloc(65_537)] })))
  })

  it('does not start beyond 2^53 - 1', () => {
    malformed(() =>
      wire.decodePush(new Writer().uint8(0).fixed(logKey).fixed(TOO_FAR).buffer(signature).uint(0).bytes())
    )
  })

  it('does not claim more blocks or bytes than it has', () => {
    const start = new Writer().uint8(0).fixed(logKey).uint(0).buffer(signature).bytes()
    for (const claim of [999, 2 ** 32, 2 ** 50]) {
      malformed(() => wire.decodePush(new Writer().fixed(start).uint(claim).fixed(count(100, 0)).bytes()))
      malformed(() => wire.decodePush(new Writer().fixed(start).uint(1).uint(claim).fixed(count(100, 0)).bytes()))
    }
  })
})

describe('the others', () => {
  it('acknowledge ranges that do not end before they start', () => {
    const ack = { logKey, from: 8, length: 7, treeHash: count(32, 1) }
    malformed(() => wire.decodeAck(wire.encodeAck(ack)))
    expect(wire.decodeAck(wire.encodeAck({ ...ack, from: 7 }))).toMatchObject({ from: 7, length: 7 })
  })

  it('pull from where 2^53 - 1 allows', () => {
    malformed(() => wire.decodePull(Buffer.concat([logKey, TOO_FAR])))
  })

  it('signal at most 4 KiB', () => {
    const signal: wire.Signal = { logKey, counter: 1, time: 1, nonce, sealed: Buffer.alloc(LIMITS.signalBody) }
    expect(wire.decodeSignal(wire.encodeSignal(signal))).toEqual(signal)
    malformed(() => wire.decodeSignal(wire.encodeSignal({ ...signal, sealed: Buffer.alloc(LIMITS.signalBody + 1) })))
  })

  it('introduce at most 64 peers', () => {
    const keys = Array.from({ length: LIMITS.peersRows + 1 }, (_, i) => count(32, i))
    expect(wire.decodePeers(wire.encodePeers(keys.slice(1)))).toEqual(keys.slice(1))
    malformed(() => wire.decodePeers(wire.encodePeers(keys)))
  })

  it('refuse with any code, also of later versions', () => {
    for (const code of [0, 1, 6, 255])
      expect(wire.decodeRefused(wire.encodeRefused({ logKey, code }))).toEqual({ logKey, code })
  })

  it('ignore bytes behind what they know', () => {
    const pull = { logKey, from: 5 }
    expect(wire.decodePull(Buffer.concat([wire.encodePull(pull), count(9, 1)]))).toEqual(pull)
  })
})

describe('any values', () => {
  const head = fc.record({ logKey: bytesOf(32), length: anyUint, treeHash: bytesOf(32), signature: anyBytes(128) })
  const push = fc.record({
    kind: fc.constantFrom(...wire.PUSH_KINDS),
    logKey: bytesOf(32),
    start: anyUint,
    signature: anyBytes(128),
    blocks: fc.array(anyBytes(300), { minLength: 1, maxLength: 8 })
  })
  const signal = fc.record({
    logKey: bytesOf(32),
    counter: anyUint,
    time: anyUint,
    nonce: bytesOf(24),
    sealed: anyBytes(300)
  })

  it('of heads, push and signal survive both ways', () => {
    const heads = fc.record({ rows: fc.array(head, { maxLength: 6 }), last: fc.boolean() })
    fc.assert(
      fc.property(heads, push, signal, (someHeads, somePush, someSignal) => {
        expect(wire.decodeHeads(wire.encodeHeads(someHeads))).toEqual(someHeads)
        expect(wire.decodePush(wire.encodePush(somePush))).toEqual(somePush)
        expect(wire.decodeSignal(wire.encodeSignal(someSignal))).toEqual(someSignal)
      }),
      RUNS
    )
  })

  it('of ack, pull, peers and refused survive both ways', () => {
    const ack = fc.tuple(anyUint, anyUint, bytesOf(32)).map(([a, b, treeHash]) => {
      return { logKey, from: Math.min(a, b), length: Math.max(a, b), treeHash }
    })
    const pull = fc.record({ logKey: bytesOf(32), from: anyUint })
    const refused = fc.record({ logKey: bytesOf(32), code: fc.nat(255) })
    const peers = fc.array(bytesOf(32), { maxLength: 5 })
    fc.assert(
      fc.property(ack, pull, refused, peers, (someAck, somePull, someRefused, somePeers) => {
        expect(wire.decodeAck(wire.encodeAck(someAck))).toEqual(someAck)
        expect(wire.decodePull(wire.encodePull(somePull))).toEqual(somePull)
        expect(wire.decodeRefused(wire.encodeRefused(someRefused))).toEqual(someRefused)
        expect(wire.decodePeers(wire.encodePeers(somePeers))).toEqual(somePeers)
      }),
      RUNS
    )
  })
})
