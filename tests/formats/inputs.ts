/** Fixed keys and times, from which vectors are made and which protocol tests share. */
import { logKeyOf } from '../../src-main/log/hypercore-internals.js'
import { signKeyPair } from '../../src-main/protocol/crypto.js'
import { certifyDevice, type DeviceKeys } from '../../src-main/protocol/identity.js'
import { type RoomKeys, roomKeys } from '../../src-main/protocol/room-keys.js'

/** `length` bytes that count up from `first`. */
export function count(length: number, first: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, i) => (first + i) & 0xff))
}

/** 2026-01-01T00:00:00Z */
export const TIME = 1_767_225_600_000

export const secret = count(32, 0x00)
export const identity = signKeyPair(count(32, 0x20))
export const deviceSigning = signKeyPair(count(32, 0x40))
/** An X25519 public key is 32 bytes that nothing here computes with. */
export const deviceBoxKey = count(32, 0x60)
export const logSigner = signKeyPair(count(32, 0x80))
export const logKey = logKeyOf(logSigner.publicKey)
export const otherLogKey = logKeyOf(signKeyPair(count(32, 0xa0)).publicKey)
export const clientId = count(16, 0xc0)
export const nonce = count(24, 0xd0)
export const handshakeHash = count(64, 0x11)
export const rootPeerKey = count(32, 0xe0)
export const otherRootPeerKey = count(32, 0xe1)
export const inviterKey = count(32, 0xe2)

export const room: RoomKeys = roomKeys(secret, identity.publicKey)

export const device: DeviceKeys = {
  signing: deviceSigning,
  box: { publicKey: deviceBoxKey, secretKey: Buffer.alloc(32) },
  certifiedAt: TIME,
  cert: certifyDevice(identity, deviceSigning.publicKey, deviceBoxKey, TIME)
}
