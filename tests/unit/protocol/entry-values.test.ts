/** Any entry that this version can write is read as it was; whatever is read can be written again. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Body, decodeEntry, ENTRY_TYPES, encodeEntry } from '../../../src-main/protocol/entry.js'
import { cutToBytes } from '../../../src-main/protocol/invite.js'
import { anyBytes, anyText, anyUint, bytesOf, RUNS } from './fuzz.js'

const heads = fc.array(fc.record({ log: bytesOf(8), length: anyUint }), { maxLength: 64 })
const roomName = anyText(40).map((text) => cutToBytes(text, 32) || 'x')
const known: readonly number[] = [1, 2, 7, 8, 9]

const body: fc.Arbitrary<Body> = fc.oneof(
  fc.record({
    type: fc.constant('hello' as const),
    identityKey: bytesOf(32),
    deviceKey: bytesOf(32),
    deviceBoxKey: bytesOf(32),
    certifiedAt: anyUint,
    cert: bytesOf(64),
    logSignature: bytesOf(64),
    name: anyText(200)
  }),
  fc.record({ type: fc.constant('text' as const), text: anyText(500) }),
  fc.record({ type: fc.constant('profile' as const), name: anyText(200) }),
  fc.record({ type: fc.constant('receipt' as const), read: heads }),
  fc.record(
    {
      type: fc.constant('room' as const),
      name: roomName,
      topic: fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }),
      pin: bytesOf(32),
      unpin: bytesOf(32)
    },
    { requiredKeys: ['type'] }
  ),
  fc.record({
    type: fc.constant('unknown' as const),
    number: anyUint.filter((number) => !known.includes(number)),
    bytes: anyBytes(200)
  })
)

const entry = fc.record({ clientId: bytesOf(16), lamport: anyUint, time: anyUint, heads, body })

it('knows the numbers of its own bodies', () => {
  const { hello, text, profile, receipt, room } = ENTRY_TYPES
  expect([hello, text, profile, receipt, room]).toEqual(known)
})

it('reads every entry that it wrote', () => {
  fc.assert(
    fc.property(entry, (value) => {
      expect(decodeEntry(encodeEntry(value))).toEqual(value)
    }),
    RUNS
  )
})

it('writes every entry the same again', () => {
  fc.assert(
    fc.property(entry, (value) => {
      const bytes = encodeEntry(value)
      expect(encodeEntry(decodeEntry(bytes))).toEqual(bytes)
    }),
    RUNS
  )
})
