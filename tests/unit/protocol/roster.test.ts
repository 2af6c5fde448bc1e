import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signKeyPair } from '../../../src-main/protocol/crypto.js'
import { roomKeys } from '../../../src-main/protocol/room-keys.js'
import {
  createLogRecord,
  createRetiredRecord,
  decodeRosterRecord,
  encodeRosterRecord,
  type LogRecord,
  type RetiredRecord,
  type RosterRecord,
  verifyRosterRecord
} from '../../../src-main/protocol/roster.js'
import { count, logKey, logSigner, otherLogKey, room } from '../../formats/inputs.js'
import { codeOf, mutated, RUNS } from './fuzz.js'

const mallory = signKeyPair(count(32, 0xf0))
const record = createLogRecord(room.roomId, room.signing, logKey, logSigner) as LogRecord
const retired = createRetiredRecord(room.roomId, logKey, 41, logSigner) as RetiredRecord
const otherRoom = roomKeys(count(32, 9), room.creator)

const holds = (candidate: RosterRecord, roomId = room.roomId) => verifyRosterRecord(roomId, candidate)

function flipped(bytes: Buffer): Buffer {
  const out = Buffer.from(bytes)
  out[5] = (out[5] as number) ^ 0x10
  return out
}

describe('a log record', () => {
  it('holds in its room alone', () => {
    expect(holds(record)).toBe(true)
    expect(holds(record, otherRoom.roomId)).toBe(false)
  })

  const forged: Record<string, Partial<LogRecord>> = {
    'a wrong room signature': { roomSignature: flipped(record.roomSignature) },
    'a wrong log signature': { logSignature: flipped(record.logSignature) },
    'its signatures exchanged': { roomSignature: record.logSignature, logSignature: record.roomSignature },
    'another log': { logKey: otherLogKey },
    'another signer': { signerPublicKey: mallory.publicKey },
    'other flags': { flags: 1 },
    'empty signatures': { roomSignature: Buffer.alloc(64), logSignature: Buffer.alloc(64) }
  }

  it.each(Object.keys(forged))('does not hold with %s', (name) => {
    expect(holds({ ...record, ...forged[name] })).toBe(false)
  })

  it('cannot be made by who does not know the secret', () => {
    expect(holds(createLogRecord(room.roomId, mallory, logKey, logSigner))).toBe(false)
  })

  it('cannot be made for the log of another', () => {
    const stolen = createLogRecord(room.roomId, room.signing, logKey, mallory)
    expect(holds({ ...stolen, signerPublicKey: logSigner.publicKey } as LogRecord)).toBe(false)
  })

  it('cannot be given another room signature, because the log signed that too', () => {
    const again = createLogRecord(room.roomId, mallory, logKey, logSigner) as LogRecord
    expect(holds({ ...record, logSignature: again.logSignature })).toBe(false)
  })
})

describe('a retired record', () => {
  it('holds by the signature of the log alone, in its room alone', () => {
    expect(holds(retired)).toBe(true)
    expect(holds(retired, otherRoom.roomId)).toBe(false)
  })

  it('does not hold with another length, log, signer or signature', () => {
    expect(holds({ ...retired, finalLength: 42 })).toBe(false)
    expect(holds({ ...retired, logKey: otherLogKey })).toBe(false)
    expect(holds({ ...retired, signerPublicKey: mallory.publicKey })).toBe(false)
    expect(holds({ ...retired, logSignature: flipped(retired.logSignature) })).toBe(false)
  })

  it('cannot be made of a signature in a log record, or the other way round', () => {
    expect(holds({ ...retired, logSignature: record.logSignature })).toBe(false)
    expect(holds({ ...record, logSignature: retired.logSignature })).toBe(false)
  })

  it('has a final length up to 2^53 - 1', () => {
    const longest = createRetiredRecord(room.roomId, logKey, Number.MAX_SAFE_INTEGER, logSigner)
    expect(decodeRosterRecord(encodeRosterRecord(longest))).toEqual(longest)
    const bytes = encodeRosterRecord(retired)
    bytes.writeBigUInt64LE(2n ** 53n, 66)
    expect(codeOf(() => decodeRosterRecord(bytes))).toBe('MALFORMED')
    bytes.writeBigUInt64LE(2n ** 64n - 1n, 66)
    expect(codeOf(() => decodeRosterRecord(bytes))).toBe('MALFORMED')
  })
})

describe('encoded', () => {
  it('they take 195 and 138 bytes', () => {
    expect(encodeRosterRecord(record)).toHaveLength(195)
    expect(encodeRosterRecord(retired)).toHaveLength(138)
  })

  it('records of another version or kind are kept out and are no error', () => {
    const bytes = encodeRosterRecord(record)
    expect(decodeRosterRecord(Buffer.concat([Buffer.from([2]), bytes.subarray(1)]))).toBeNull()
    expect(decodeRosterRecord(Buffer.from([1, 2]))).toBeNull()
    expect(decodeRosterRecord(Buffer.from([0, 0]))).toBeNull()
  })

  it('bytes behind a record are not part of it', () => {
    const bytes = encodeRosterRecord(record)
    expect(decodeRosterRecord(Buffer.concat([bytes, count(20, 1)]))).toEqual(record)
  })

  it('no changed record holds unless it says the same', () => {
    const valid = [encodeRosterRecord(record), encodeRosterRecord(retired)]
    fc.assert(
      fc.property(mutated(valid), (bytes) => {
        const changed = decode(bytes)
        fc.pre(changed !== null)
        const same = valid.some((one) => one.equals(encodeRosterRecord(changed)))
        expect(holds(changed)).toBe(same)
      }),
      RUNS
    )
  })
})

function decode(bytes: Buffer): RosterRecord | null {
  try {
    return decodeRosterRecord(bytes)
  } catch {
    return null
  }
}
