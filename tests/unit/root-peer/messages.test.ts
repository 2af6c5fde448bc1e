import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProtocolError } from '../../../src-main/protocol/errors.js'
import {
  createGrant,
  decodeAnnouncement,
  decodeRegistered,
  decodeRegisterRoom,
  decodeRoomStatus,
  decodeRootPeerRefused,
  decodeWantRoom,
  encodeAnnouncement,
  encodeRegistered,
  encodeRegisterRoom,
  encodeRoomStatus,
  encodeRootPeerRefused,
  encodeWantRoom,
  ROOT_PEER_REFUSALS,
  type RootPeerRefusal,
  verifyGrant
} from '../../../src-main/protocol/root-peer-messages.js'
import { newRoom } from '../../helpers/root-peer.js'

const decoders = {
  decodeAnnouncement,
  decodeRegisterRoom,
  decodeWantRoom,
  decodeRegistered,
  decodeRootPeerRefused,
  decodeRoomStatus
}

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => Buffer.from(array))
const time = fc.maxSafeNat()

describe.for(Object.entries(decoders))('%s', ([, decode]) => {
  test('throws nothing but a ProtocolError, whatever it is given', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (input) => {
        try {
          decode(input)
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError)
        }
      }),
      { numRuns: 2000 }
    )
  })
})

test('every message comes back as it was sent', () => {
  const codes = Object.keys(ROOT_PEER_REFUSALS) as RootPeerRefusal[]
  fc.assert(
    fc.property(bytes(32), bytes(64), time, time, fc.nat(255), fc.constantFrom(...codes), (key, sig, a, b, n, code) => {
      const limits = { rooms: n, roomBytes: a, logBytes: b }
      const announcement = { version: 1, capabilities: n, limits }
      expect(decodeAnnouncement(encodeAnnouncement(announcement))).toEqual(announcement)
      const grant = { roomId: key, expiresAt: a, replicationFactor: n, signature: sig }
      const request = { grant, credential: sig }
      expect(decodeRegisterRoom(encodeRegisterRoom(request))).toEqual(request)
      expect(decodeWantRoom(encodeWantRoom(key))).toEqual(key)
      expect(decodeRegistered(encodeRegistered({ roomId: key, expiresAt: a }))).toEqual({ roomId: key, expiresAt: a })
      expect(decodeRootPeerRefused(encodeRootPeerRefused({ roomId: key, code }))).toEqual({ roomId: key, code })
      const status = { roomId: key, bytes: a, deletionAt: b }
      expect(decodeRoomStatus(encodeRoomStatus(status))).toEqual(status)
    })
  )
})

test('a grant holds for its room, expiry and factor alone', () => {
  const [room, other] = [newRoom(), newRoom()]
  const grant = createGrant(room.roomId, room.signing, 1_000)
  expect(verifyGrant(grant)).toBe(true)
  expect(verifyGrant({ ...grant, expiresAt: 1_001 })).toBe(false)
  expect(verifyGrant({ ...grant, replicationFactor: 4 })).toBe(false)
  expect(verifyGrant({ ...grant, roomId: other.roomId })).toBe(false)
  expect(verifyGrant(createGrant(room.roomId, other.signing, 1_000))).toBe(false)
  expect(verifyGrant({ ...grant, signature: Buffer.alloc(64) })).toBe(false)
})
