import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roomKeys } from '../../../src-main/protocol/room-keys.js'
import * as rootPeer from '../../../src-main/protocol/root-peer-messages.js'
import { count, room, TIME } from '../../formats/inputs.js'
import { anyBytes, anyUint, bytesOf, codeOf, RUNS } from './fuzz.js'

const { roomId, signing } = room
const grant = rootPeer.createGrant(roomId, signing, TIME, 3)
const malformed = (decode: () => unknown) => expect(codeOf(decode)).toBe('MALFORMED')

describe('a grant', () => {
  it('holds when the room key signed it', () => {
    expect(rootPeer.verifyGrant(grant)).toBe(true)
    expect(rootPeer.createGrant(roomId, signing, TIME)).toEqual(grant)
  })

  it('does not hold for another room, time or factor, nor signed by another', () => {
    const other = roomKeys(count(32, 9), room.creator)
    expect(rootPeer.verifyGrant({ ...grant, roomId: other.roomId })).toBe(false)
    expect(rootPeer.verifyGrant({ ...grant, expiresAt: TIME + 1 })).toBe(false)
    expect(rootPeer.verifyGrant({ ...grant, replicationFactor: 4 })).toBe(false)
    expect(rootPeer.verifyGrant(rootPeer.createGrant(roomId, other.signing, TIME))).toBe(false)
    expect(rootPeer.verifyGrant({ ...grant, signature: Buffer.alloc(64) })).toBe(false)
  })
})

describe('registering', () => {
  it('carries a credential of at most 512 bytes', () => {
    const longest = { grant, credential: count(512, 1) }
    expect(rootPeer.decodeRegisterRoom(rootPeer.encodeRegisterRoom(longest))).toEqual(longest)
    malformed(() => rootPeer.decodeRegisterRoom(rootPeer.encodeRegisterRoom({ grant, credential: count(513, 1) })))
  })

  it('asks for a replication factor of at most 255', () => {
    const greedy = { grant: { ...grant, replicationFactor: 256 }, credential: Buffer.alloc(0) }
    malformed(() => rootPeer.decodeRegisterRoom(rootPeer.encodeRegisterRoom(greedy)))
  })
})

it('takes a refusal of a later version as a refusal', () => {
  for (const number of [0, 8, 255]) {
    const refused = rootPeer.decodeRootPeerRefused(Buffer.concat([roomId, Buffer.from([number])]))
    expect(refused).toEqual({ roomId, code: 'OTHER' })
  }
})

it('reads and writes any values', () => {
  const announcement = fc.record({
    version: anyUint,
    capabilities: anyUint,
    limits: fc.record({ rooms: anyUint, roomBytes: anyUint, logBytes: anyUint })
  })
  const request = fc.record({
    grant: fc.record({
      roomId: bytesOf(32),
      expiresAt: anyUint,
      replicationFactor: fc.nat(255),
      signature: bytesOf(64)
    }),
    credential: anyBytes(512)
  })
  const registered = fc.record({ roomId: bytesOf(32), expiresAt: anyUint })
  const status = fc.record({ roomId: bytesOf(32), bytes: anyUint, deletionAt: anyUint })
  fc.assert(
    fc.property(announcement, request, registered, status, (hello, someRequest, answer, someStatus) => {
      expect(rootPeer.decodeAnnouncement(rootPeer.encodeAnnouncement(hello))).toEqual(hello)
      expect(rootPeer.decodeRegisterRoom(rootPeer.encodeRegisterRoom(someRequest))).toEqual(someRequest)
      expect(rootPeer.decodeRegistered(rootPeer.encodeRegistered(answer))).toEqual(answer)
      expect(rootPeer.decodeRoomStatus(rootPeer.encodeRoomStatus(someStatus))).toEqual(someStatus)
      expect(rootPeer.decodeWantRoom(rootPeer.encodeWantRoom(answer.roomId))).toEqual(answer.roomId)
    }),
    RUNS
  )
})

it('checks any grant that it can read without throwing', () => {
  const any = fc.record({
    roomId: bytesOf(32),
    expiresAt: anyUint,
    replicationFactor: fc.nat(255),
    signature: bytesOf(64)
  })
  fc.assert(
    fc.property(any, (someGrant) => {
      expect(rootPeer.verifyGrant(someGrant)).toBe(false)
    }),
    RUNS
  )
})
