import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Reader, Writer } from '../../../src-main/protocol/reader.js'
import { count } from '../../formats/inputs.js'
import { anyBytes, anyUint, codeOf, decodesOrRefuses, RUNS } from './fuzz.js'

const malformed = (read: () => unknown) => expect(codeOf(read)).toBe('MALFORMED')
const uintOf = (...bytes: number[]) => new Reader(Buffer.from(bytes)).uint()

it('reads integers of 1, 3, 5 and 9 bytes, little-endian behind their mark', () => {
  expect(uintOf(0xfc)).toBe(252)
  expect(uintOf(0xfd, 0xfd, 0)).toBe(253)
  expect(uintOf(0xfe, 0, 0, 1, 0)).toBe(65_536)
  expect(uintOf(0xfe, 0xff, 0xff, 0xff, 0xff)).toBe(2 ** 32 - 1)
  expect(uintOf(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0)).toBe(Number.MAX_SAFE_INTEGER)
})

it('reads an integer that was written longer than it had to be', () => {
  expect(uintOf(0xfd, 1, 0)).toBe(1)
  expect(uintOf(0xff, 1, 0, 0, 0, 0, 0, 0, 0)).toBe(1)
})

it('writes the shortest form', () => {
  const lengths = [0, 252, 253, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32].map(
    (n) => new Writer().uint(n).bytes().byteLength
  )
  expect(lengths).toEqual([1, 1, 3, 3, 5, 5, 9])
})

it('refuses integers above 2^53 - 1, above their bound, or cut', () => {
  malformed(() => uintOf(0xff, 0, 0, 0, 0, 0, 0, 0x20, 0))
  malformed(() => uintOf(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff))
  malformed(() => new Reader(Buffer.from([6])).uint(5))
  for (const mark of [0xfd, 0xfe, 0xff]) malformed(() => uintOf(mark, 0))
  malformed(() => uintOf())
})

it('refuses lengths beyond their bound or the frame, before anything is allocated', () => {
  const frame = new Writer()
    .uint(2 ** 50)
    .fixed(count(10, 0))
    .bytes()
  malformed(() => new Reader(frame).buffer(Number.MAX_SAFE_INTEGER))
  malformed(() => new Reader(frame).array(Number.MAX_SAFE_INTEGER, () => null))
  malformed(() => new Reader(Buffer.from([3, 1, 2])).buffer(10))
  malformed(() => new Reader(Buffer.from([3, 1, 2, 3])).buffer(2))
  malformed(() => new Reader(Buffer.from([3, 1, 2, 3])).array(2, () => null))
  malformed(() => new Reader(count(31, 0)).key())
})

it('counts what is left, and reads slices without copying', () => {
  const bytes = count(40, 0)
  const reader = new Reader(bytes)
  const key = reader.key()
  expect(reader.left).toBe(8)
  bytes[0] = 0xaa
  expect(key[0]).toBe(0xaa)
})

it('reads back whatever was written', () => {
  const rows = fc.array(fc.tuple(anyUint, anyBytes(40)), { maxLength: 20 })
  fc.assert(
    fc.property(fc.nat(255), rows, (byte, list) => {
      const writer = new Writer().uint8(byte)
      writer.array(list, ([number, bytes]) => writer.uint(number).buffer(bytes))
      const reader = new Reader(writer.bytes())
      expect(reader.uint8()).toBe(byte)
      expect(reader.array(20, () => [reader.uint(), reader.buffer(40)])).toEqual(list)
      expect(reader.left).toBe(0)
    }),
    RUNS
  )
})

it('stays inside of any bytes in any order of reads', () => {
  const reads = fc.array(fc.constantFrom('uint8', 'uint', 'key', 'buffer', 'array'), { maxLength: 20 })
  fc.assert(
    fc.property(anyBytes(100), reads, (bytes, names) => {
      const reader = new Reader(bytes)
      decodesOrRefuses(() => {
        for (const name of names) {
          if (name === 'buffer') reader.buffer(1000)
          else if (name === 'array') reader.array(1000, () => reader.uint())
          else reader[name as 'uint8' | 'uint' | 'key']()
        }
      })
      expect(reader.left).toBeGreaterThanOrEqual(0)
    }),
    RUNS
  )
})
