import c from 'compact-encoding'
import { describe, expect, it } from 'vitest'
import {
  type Body,
  decodeEntry,
  decodePositions,
  ENTRY_TYPES,
  type Entry,
  encodeEntry,
  encodePositions
} from '../../../src-main/protocol/entry.js'
import { LIMITS } from '../../../src-main/protocol/limits.js'
import { Writer } from '../../../src-main/protocol/reader.js'
import { clientId, count, TIME } from '../../formats/inputs.js'
import { codeOf } from './fuzz.js'

function entry(body: Body, rest: Partial<Entry> = {}): Entry {
  return { clientId, lamport: 1, time: TIME, heads: [], body, ...rest }
}

/** An entry written field by field, so that each can lie. */
function written(fields: {
  clientId?: Buffer
  lamport?: Buffer
  time?: Buffer
  type?: number
  body?: Buffer
  rest?: Buffer
}) {
  return new Writer()
    .buffer(fields.clientId ?? clientId)
    .fixed(fields.lamport ?? Buffer.from([1]))
    .fixed(fields.time ?? Buffer.from([1]))
    .uint(fields.type ?? ENTRY_TYPES.text)
    .buffer(fields.body ?? Buffer.from([0]))
    .fixed(fields.rest ?? Buffer.from([0]))
    .bytes()
}

function textBody(text: string): Buffer {
  return new Writer().buffer(Buffer.from(text)).bytes()
}

const malformed = (bytes: Buffer) => expect(codeOf(() => decodeEntry(bytes))).toBe('MALFORMED')
const head = (log: Buffer, length: number) => new Writer().buffer(log).uint(length).bytes()
const TOO_FAR = Buffer.from([0xff, 0, 0, 0, 0, 0, 0, 0x20, 0])

describe('entries', () => {
  it('keep a body of an unknown type as it is', () => {
    const body: Body = { type: 'unknown', number: 4000, bytes: count(40, 3) }
    expect(decodeEntry(encodeEntry(entry(body))).body).toEqual(body)
  })

  it('keep the types that are reserved as unknown ones', () => {
    const { hello, text, profile, receipt, room, ...reserved } = ENTRY_TYPES
    for (const type of Object.values(reserved)) {
      expect(decodeEntry(written({ type })).body).toEqual({ type: 'unknown', number: type, bytes: Buffer.from([0]) })
    }
  })

  it('are read although a later version added fields behind the known ones', () => {
    const later = written({ body: textBody('hi'), rest: Buffer.concat([Buffer.from([2]), count(20, 1)]) })
    expect(decodeEntry(later).body).toEqual({ type: 'text', text: 'hi' })
    const body = Buffer.concat([Buffer.from([0xf0]), count(20, 1)])
    expect(decodeEntry(written({ type: ENTRY_TYPES.room, body })).body).toEqual({ type: 'room' })
  })

  it('need a client id of 16 bytes', () => {
    malformed(written({ clientId: count(15, 1) }))
    malformed(written({ clientId: count(17, 1) }))
    malformed(written({ clientId: Buffer.alloc(0) }))
  })

  it('have times up to 2^53 - 1', () => {
    const largest = entry({ type: 'text', text: '' }, { lamport: LIMITS.lamportMax, time: Number.MAX_SAFE_INTEGER })
    expect(decodeEntry(encodeEntry(largest))).toEqual(largest)
    malformed(written({ lamport: TOO_FAR }))
    malformed(written({ time: TOO_FAR }))
    malformed(written({ lamport: Buffer.alloc(9, 0xff) }))
  })
})

describe('texts', () => {
  it('are at most 32 KiB of UTF-8', () => {
    for (const text of ['x'.repeat(LIMITS.text), 'ü'.repeat(LIMITS.text / 2)]) {
      expect(decodeEntry(written({ body: textBody(text) })).body).toEqual({ type: 'text', text })
      expect(codeOf(() => decodeEntry(written({ body: textBody(`${text}x`) })))).toBe('TOO_LARGE')
    }
  })

  it('have replacement characters where they are not UTF-8', () => {
    const body = new Writer().buffer(Buffer.from([0x61, 0xff, 0x62])).bytes()
    expect(decodeEntry(written({ body })).body).toEqual({ type: 'text', text: 'a\ufffdb' })
  })

  it('cannot be longer than their entry', () => {
    malformed(written({ body: Buffer.from([0xff, 0, 0, 0, 0, 0, 0, 4, 0]) }))
    malformed(written({ body: Buffer.from([5, 1]) }))
  })
})

describe('names', () => {
  it('of members are at most 1,024 bytes', () => {
    const named = (name: string) => encodeEntry(entry({ type: 'profile', name }))
    expect(decodeEntry(named('x'.repeat(1024))).body).toMatchObject({ type: 'profile' })
    malformed(named('x'.repeat(1025)))
  })

  it('of rooms are at most 32 bytes', () => {
    const named = (name: string) => encodeEntry(entry({ type: 'room', name }))
    expect(decodeEntry(named('ü'.repeat(16))).body).toEqual({ type: 'room', name: 'ü'.repeat(16) })
    malformed(named(`${'ü'.repeat(16)}x`))
  })

  it('are absent and empty alike to the encoder', () => {
    expect(encodeEntry(entry({ type: 'room', name: '' }))).toEqual(encodeEntry(entry({ type: 'room' })))
    expect(decodeEntry(encodeEntry(entry({ type: 'profile', name: '' }))).body).toEqual({ type: 'profile', name: '' })
  })
})

describe('heads', () => {
  const rows = (count: number) => Array.from({ length: count }, (_, i) => ({ log: Buffer.alloc(8, i), length: i }))
  const claiming = (rows: Uint8Array, ...more: Buffer[]) => Buffer.concat([Buffer.from([1]), rows, ...more])

  it('are at most 64, on the way out and in', () => {
    const full = entry({ type: 'text', text: '' }, { heads: rows(64) })
    expect(decodeEntry(encodeEntry(full))).toEqual(full)
    expect(codeOf(() => encodeEntry({ ...full, heads: rows(65) }))).toBe('MALFORMED')
    const many = rows(65).map(({ log, length }) => head(log, length))
    malformed(written({ rest: claiming(Buffer.from([65]), ...many) }))
  })

  it('name a log by 8 bytes and a length up to 2^53 - 1', () => {
    malformed(written({ rest: claiming(Buffer.from([1]), head(count(7, 1), 1)) }))
    malformed(written({ rest: claiming(Buffer.from([1]), head(count(9, 1), 1)) }))
    malformed(
      written({ rest: claiming(Buffer.from([1]), Buffer.concat([head(count(8, 1), 1).subarray(0, -1), TOO_FAR])) })
    )
  })

  it.each([65, 0x100000, 2 ** 32, 2 ** 50])(
    'are refused by their count of %i before any room is made for them',
    (count) => {
      const claim = c.encode(c.uint, count)
      const body = claiming(claim)
      expect(() => decodeEntry(written({ rest: body }))).toThrow('too many heads')
      expect(() => decodeEntry(written({ type: ENTRY_TYPES.receipt, body }))).toThrow('too many heads')
      expect(() => decodePositions(body)).toThrow('too many heads')
    }
  )

  it('are counted also behind flags that a later version wrote', () => {
    const flags = c.encode(c.uint, 2 ** 40 + 3)
    expect(() => decodePositions(Buffer.concat([flags, c.encode(c.uint, 65)]))).toThrow('too many heads')
    expect(decodePositions(Buffer.concat([flags, Buffer.from([1]), head(count(8, 1), 9)])).received).toHaveLength(1)
  })

  it('say in positions what a device has', () => {
    const positions = { received: rows(64), away: false }
    expect(decodePositions(encodePositions(positions))).toEqual(positions)
    const goodbye = { received: [], away: true }
    expect(decodePositions(encodePositions(goodbye))).toEqual(goodbye)
  })
})
