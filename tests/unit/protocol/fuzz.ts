/** Property tests of decoders: how many runs, and bytes that a hostile peer might send. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { ProtocolError } from '../../../src-main/protocol/errors.js'

/** FUZZ_RUNS sets how many; FUZZ_SEED repeats a run that failed. */
export const RUNS = {
  numRuns: Number(process.env.FUZZ_RUNS) || 1000,
  ...(process.env.FUZZ_SEED && { seed: Number(process.env.FUZZ_SEED) })
}

/** A decoder may return a value or throw a ProtocolError; anything else would be a bug. */
export function decodesOrRefuses(decode: () => unknown): void {
  try {
    decode()
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
  }
}

export function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolError)
    return (error as ProtocolError).code
  }
  throw new Error('It did not throw')
}

/** Up to `maxLength` random bytes. Not shrunk: that takes minutes, and the seed says enough. */
export function anyBytes(maxLength = 512): fc.Arbitrary<Buffer> {
  return fc.noShrink(fc.uint8Array({ maxLength, size: 'max' })).map((bytes) => Buffer.from(bytes))
}

export function bytesOf(length: number): fc.Arbitrary<Buffer> {
  return fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes))
}

/** Integers up to 2^53 - 1, with the borders of compact-encoding's widths among them. */
export const anyUint = fc.oneof(
  fc.constantFrom(0, 0xfc, 0xfd, 0xffff, 0x10000, 0xffffffff, 0x100000000, Number.MAX_SAFE_INTEGER),
  fc.maxSafeNat()
)

/** Text that UTF-8 can carry: no lone surrogates. */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: 'binary', maxLength })
}

/** What compact-encoding writes for lengths that no frame can hold. */
const LENGTHS = [
  [0xfd, 0xff, 0xff],
  [0xfe, 0, 0, 0x10, 0],
  [0xfe, 0xff, 0xff, 0xff, 0xff],
  [0xff, 0, 0, 0, 0, 0, 0, 4, 0],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
].map((bytes) => Buffer.from(bytes))

type Mutation = (bytes: Buffer) => Buffer

const at = (share: number, bytes: Buffer) => Math.floor(share * bytes.byteLength)
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

const flip = fc.tuple(share, fc.integer({ min: 1, max: 255 })).map(([where, mask]): Mutation => {
  return (bytes) => {
    const out = Buffer.from(bytes)
    if (out.byteLength > 0) out[at(where, out)] = (out[at(where, out)] as number) ^ mask
    return out
  }
})
const cut = share.map(
  (where): Mutation =>
    (bytes) =>
      bytes.subarray(0, at(where, bytes))
)
const extend = anyBytes(64).map(
  (more): Mutation =>
    (bytes) =>
      Buffer.concat([bytes, more])
)
const insert = fc.tuple(share, fc.oneof(fc.constantFrom(...LENGTHS), anyBytes(16))).map(([where, more]): Mutation => {
  return (bytes) => Buffer.concat([bytes.subarray(0, at(where, bytes)), more, bytes.subarray(at(where, bytes))])
})
const replace = fc.tuple(share, fc.constantFrom(...LENGTHS)).map(([where, more]): Mutation => {
  return (bytes) => Buffer.concat([bytes.subarray(0, at(where, bytes)), more, bytes.subarray(at(where, bytes) + 1)])
})
/** A piece of the message itself, put somewhere else. */
const splice = fc.tuple(share, share, share).map(([from, to, where]): Mutation => {
  return (bytes) => {
    const piece = bytes.subarray(at(Math.min(from, to), bytes), at(Math.max(from, to), bytes))
    return Buffer.concat([bytes.subarray(0, at(where, bytes)), piece, bytes.subarray(at(where, bytes))])
  }
})

/** One of `valid` after one to four changes. */
export function mutated(valid: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const changes = fc.array(fc.oneof(flip, cut, extend, insert, replace, splice), { minLength: 1, maxLength: 4 })
  return fc.tuple(fc.constantFrom(...valid), changes).map(([bytes, list]) => {
    return list.reduce<Buffer>((changed, change) => change(changed), Buffer.from(bytes))
  })
}
