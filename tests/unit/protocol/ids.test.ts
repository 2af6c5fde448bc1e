import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeKey,
  decodeMessageId,
  encodeKey,
  encodeMessageId,
  logPrefix,
  messageId,
  roomHandle
} from '../../../src-main/protocol/ids.js'
import { clientId, count, identity, logKey, room } from '../../formats/inputs.js'
import { bytesOf, codeOf, decodesOrRefuses, RUNS } from './fuzz.js'

const key = count(32, 3)
const refusesKey = (text: string) => expect(codeOf(() => decodeKey(text))).toBe('BAD_ARGUMENT')
const refusesId = (text: string) => expect(codeOf(() => decodeMessageId(text))).toBe('BAD_ARGUMENT')

function readsKey(text: string): boolean {
  try {
    return decodeKey(text).byteLength === 32
  } catch {
    return false
  }
}

describe('keys', () => {
  it('are 52 characters of z-base-32, or 64 of hex in either case', () => {
    expect(encodeKey(key)).toHaveLength(52)
    expect(decodeKey(encodeKey(key))).toEqual(key)
    expect(decodeKey(key.toString('hex'))).toEqual(key)
    expect(decodeKey(key.toString('hex').toUpperCase())).toEqual(key)
  })

  it('are nothing else', () => {
    const text = encodeKey(key)
    for (const bad of ['', text.slice(1), `${text}y`, `${text}\n`, ` ${text}`, text.toUpperCase(), `pear://${text}`]) {
      refusesKey(bad)
    }
    for (const bad of [`${text.slice(0, -1)}l`, `${text.slice(0, -1)}ü`, `${'0'.repeat(63)}g`, '0'.repeat(62)]) {
      refusesKey(bad)
    }
  })

  it('have one spelling in z-base-32: four bits at its end are zero', () => {
    const spellings = [...'ybndrfg8ejkmcpqxot1uwisza345h769'].map((last) => encodeKey(key).slice(0, -1) + last)
    const read = spellings.filter((text) => readsKey(text))
    expect(read).toHaveLength(2)
  })

  it('survive both ways, and any text is read or refused', () => {
    fc.assert(
      fc.property(bytesOf(32), (bytes) => {
        expect(decodeKey(encodeKey(bytes))).toEqual(bytes)
      }),
      RUNS
    )
    const alphabet = fc.constantFrom(...'ybndrfg8ejkmcpqxot1uwisza345h769ABCDEF02lv-=ü\n')
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 70 }),
      fc.string({ unit: alphabet, minLength: 52, maxLength: 52 }),
      fc.string({ unit: alphabet, minLength: 26, maxLength: 26 })
    )
    fc.assert(
      fc.property(texts, (text) => {
        decodesOrRefuses(() => decodeKey(text))
        decodesOrRefuses(() => decodeMessageId(text))
      }),
      RUNS
    )
  })
})

describe('message ids', () => {
  it('are 26 characters of z-base-32 with one spelling', () => {
    const text = encodeMessageId(count(16, 1))
    expect(text).toHaveLength(26)
    expect(decodeMessageId(text)).toEqual(count(16, 1))
    for (const bad of ['', text.slice(1), `${text}y`, `${text}\n`, text.toUpperCase(), `${text.slice(0, -1)}9`]) {
      refusesId(bad)
    }
  })

  it('follow from the identity and the client id alone', () => {
    const id = messageId(identity.publicKey, clientId)
    expect(id).toHaveLength(16)
    expect(messageId(identity.publicKey, clientId)).toEqual(id)
    expect(messageId(identity.publicKey, count(16, 1))).not.toEqual(id)
    expect(messageId(count(32, 1), clientId)).not.toEqual(id)
  })

  it('are not made of parts of other lengths, which could be cut elsewhere', () => {
    expect(codeOf(() => messageId(identity.publicKey.subarray(1), clientId))).toBe('MALFORMED')
    expect(codeOf(() => messageId(identity.publicKey, count(17, 1)))).toBe('MALFORMED')
  })
})

it('names a room by 16 hex digits that are no part of its id', () => {
  expect(roomHandle(room.roomId)).toMatch(/^[0-9a-f]{16}$/)
  expect(room.roomId.toString('hex')).not.toContain(roomHandle(room.roomId))
})

it('names a log in heads by its first 8 bytes', () => {
  expect(logPrefix(logKey)).toEqual(logKey.subarray(0, 8))
})
