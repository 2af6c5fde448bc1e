import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encrypt, signKeyPair } from '../../../src-main/protocol/crypto.js'
import { roomKeys } from '../../../src-main/protocol/room-keys.js'
import type { Signal } from '../../../src-main/protocol/room-messages.js'
import { openSignal, type SignalBody, sealSignal } from '../../../src-main/protocol/signal.js'
import { count, deviceSigning, logKey, nonce, otherLogKey, room, TIME } from '../../formats/inputs.js'
import { anyBytes, anyUint, codeOf, decodesOrRefuses, mutated, RUNS } from './fuzz.js'

const message: SignalBody = { logKey, counter: TIME, time: TIME, body: count(20, 1) }
const signal = sealSignal(room, message, deviceSigning.secretKey)
const deviceKey = deviceSigning.publicKey
const mallory = signKeyPair(count(32, 0xf0))

const refuses = (forged: Signal, key: Buffer = deviceKey) => {
  expect(codeOf(() => openSignal(room, forged, key))).toBe('MALFORMED')
}

describe('a signal', () => {
  it('opens in its room for who knows the device that signed it', () => {
    expect(openSignal(room, signal, deviceKey)).toEqual(message.body)
  })

  it('may be empty', () => {
    const empty = sealSignal(room, { ...message, body: Buffer.alloc(0) }, deviceSigning.secretKey)
    expect(openSignal(room, empty, deviceKey)).toHaveLength(0)
  })

  it('does not open in another room', () => {
    const other = roomKeys(count(32, 9), room.creator)
    expect(codeOf(() => openSignal(other, signal, deviceKey))).toBe('MALFORMED')
    const sameSecret = roomKeys(room.secret, Buffer.alloc(32))
    expect(codeOf(() => openSignal(sameSecret, signal, deviceKey))).toBe('MALFORMED')
  })

  it('is refused with another counter, time, log or nonce than was signed', () => {
    refuses({ ...signal, counter: TIME + 1 })
    refuses({ ...signal, time: TIME + 1 })
    refuses({ ...signal, logKey: otherLogKey })
    refuses({ ...signal, nonce: count(24, 1) })
  })

  it('is refused when another member signed it', () => {
    refuses(sealSignal(room, message, mallory.secretKey))
    refuses(signal, mallory.publicKey)
  })

  it('is refused when it is too short for a signature', () => {
    for (const length of [0, 1, 63]) {
      refuses({ ...signal, nonce, sealed: encrypt(Buffer.alloc(length), room.roomId, nonce, room.signalKey) })
    }
    for (const length of [0, 15, 16]) refuses({ ...signal, sealed: Buffer.alloc(length) })
  })
})

describe('any input', () => {
  it('is sealed and opened', () => {
    fc.assert(
      fc.property(anyUint, anyUint, anyBytes(), (counter, time, body) => {
        const sealed = sealSignal(room, { logKey, counter, time, body }, deviceSigning.secretKey)
        expect(openSignal(room, sealed, deviceKey)).toEqual(body)
      }),
      RUNS
    )
  })

  it('is opened or refused', () => {
    const sealed = fc.oneof(anyBytes(), mutated([signal.sealed]))
    const inner = anyBytes(200).map((bytes) => encrypt(bytes, room.roomId, signal.nonce, room.signalKey))
    fc.assert(
      fc.property(fc.oneof(sealed, inner), (bytes) => {
        decodesOrRefuses(() => openSignal(room, { ...signal, sealed: bytes }, deviceKey))
      }),
      RUNS
    )
  })
})
