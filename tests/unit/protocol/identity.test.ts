import { expect, it } from 'vitest'
import { signKeyPair } from '../../../src-main/protocol/crypto.js'
import type { Hello } from '../../../src-main/protocol/entry.js'
import { certifyDevice, createHello, verifyHello } from '../../../src-main/protocol/identity.js'
import { roomKeys } from '../../../src-main/protocol/room-keys.js'
import { count, device, deviceSigning, identity, logKey, otherLogKey, room, TIME } from '../../formats/inputs.js'

const hello = createHello(identity.publicKey, device, room.roomId, logKey, 'Alice')
const mallory = signKeyPair(count(32, 0xf0))

function flipped(bytes: Buffer): Buffer {
  const out = Buffer.from(bytes)
  out[0] = (out[0] as number) ^ 1
  return out
}

it('verifies the hello of a certified device in its log', () => {
  expect(verifyHello(hello, room.roomId, logKey)).toBe(true)
})

it('does not sign the name, which any later profile replaces', () => {
  expect(verifyHello({ ...hello, name: 'Alicia' }, room.roomId, logKey)).toBe(true)
})

const forged: Record<string, Partial<Hello>> = {
  'another identity': { identityKey: mallory.publicKey },
  'another device': { deviceKey: mallory.publicKey },
  'another box key': { deviceBoxKey: flipped(hello.deviceBoxKey) },
  'another time': { certifiedAt: TIME + 1 },
  'a changed certificate': { cert: flipped(hello.cert) },
  'a changed log signature': { logSignature: flipped(hello.logSignature) },
  'its signatures exchanged': { cert: hello.logSignature, logSignature: hello.cert },
  'a certificate by another identity': {
    cert: certifyDevice(mallory, deviceSigning.publicKey, hello.deviceBoxKey, TIME)
  },
  'no signatures': { cert: Buffer.alloc(64), logSignature: Buffer.alloc(64) },
  'signatures of the wrong size': { cert: hello.cert.subarray(1), logSignature: Buffer.alloc(0) }
}

it.each(Object.keys(forged))('refuses a hello with %s', (name) => {
  expect(verifyHello({ ...hello, ...forged[name] }, room.roomId, logKey)).toBe(false)
})

it('refuses a hello in another log or room', () => {
  expect(verifyHello(hello, room.roomId, otherLogKey)).toBe(false)
  expect(verifyHello(hello, roomKeys(count(32, 1), identity.publicKey).roomId, logKey)).toBe(false)
})

it('refuses the device of another that names the victim as its identity', () => {
  const cert = certifyDevice(mallory, mallory.publicKey, hello.deviceBoxKey, TIME)
  const stolen = createHello(identity.publicKey, { ...device, signing: mallory, cert }, room.roomId, logKey, 'Alice')
  expect(verifyHello(stolen, room.roomId, logKey)).toBe(false)
})
