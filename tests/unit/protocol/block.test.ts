import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BlockPlace, openBlock, sealBlock } from '../../../src-main/protocol/block.js'
import { uint64le } from '../../../src-main/protocol/bytes.js'
import { encrypt } from '../../../src-main/protocol/crypto.js'
import { decodeEntry, encodeEntry } from '../../../src-main/protocol/entry.js'
import { LIMITS } from '../../../src-main/protocol/limits.js'
import { roomKeys } from '../../../src-main/protocol/room-keys.js'
import { clientId, count, logKey, nonce, otherLogKey, room, TIME } from '../../formats/inputs.js'
import { anyBytes, codeOf, decodesOrRefuses, mutated, RUNS } from './fuzz.js'

const place: BlockPlace = { roomId: room.roomId, logKey, sequence: 5 }
const entry = count(100, 1)
const sealed = sealBlock(entry, place, room.contentKey)
/** Version, nonce, length, MAC. */
const OVERHEAD = 1 + 24 + 4 + 16

/** What `sealBlock` would make if it wrote this plaintext as it is. */
function sealRaw(padded: Uint8Array, version = 1): Buffer {
  const aad = Buffer.concat([place.roomId, place.logKey, uint64le(place.sequence)])
  return Buffer.concat([Buffer.from([version]), nonce, encrypt(padded, aad, nonce, room.contentKey)])
}

const refuses = (block: Uint8Array, at = place, key = room.contentKey) => {
  expect(codeOf(() => openBlock(block, at, key))).toBe('MALFORMED')
}

describe('sizes', () => {
  it('takes the smallest block that an entry fits into', () => {
    for (const [i, size] of LIMITS.blockSizes.entries()) {
      expect(sealBlock(Buffer.alloc(size - OVERHEAD), place, room.contentKey).byteLength).toBe(size)
      if (i === LIMITS.blockSizes.length - 1) continue
      const next = LIMITS.blockSizes[i + 1]
      expect(sealBlock(Buffer.alloc(size - OVERHEAD + 1), place, room.contentKey).byteLength).toBe(next)
    }
  })

  it('refuses an entry that fits into none', () => {
    expect(codeOf(() => sealBlock(Buffer.alloc(65_536 - OVERHEAD + 1), place, room.contentKey))).toBe('TOO_LARGE')
  })

  it('has room for the longest text with all the heads an entry may name', () => {
    const heads = Array.from({ length: LIMITS.entryHeads }, () => ({ log: count(8, 1), length: 2 ** 53 - 1 }))
    const body = { type: 'text' as const, text: 'x'.repeat(LIMITS.text) }
    const bytes = encodeEntry({ clientId, lamport: 2 ** 53 - 1, time: TIME, heads, body })
    expect(decodeEntry(openBlock(sealBlock(bytes, place, room.contentKey), place, room.contentKey))).toMatchObject({
      body
    })
  })
})

describe('opening', () => {
  it('gives back what was sealed, also nothing', () => {
    expect(openBlock(sealed, place, room.contentKey)).toEqual(entry)
    expect(openBlock(sealBlock(Buffer.alloc(0), place, room.contentKey), place, room.contentKey)).toHaveLength(0)
  })

  it('seals the same entry twice into different blocks', () => {
    expect(sealBlock(entry, place, room.contentKey)).not.toEqual(sealed)
  })

  it('refuses a block that was moved to another sequence, log or room', () => {
    refuses(sealed, { ...place, sequence: 6 })
    refuses(sealed, { ...place, logKey: otherLogKey })
    refuses(sealed, { ...place, roomId: roomKeys(count(32, 9), room.creator).roomId })
  })

  it('refuses a block of another key', () => {
    refuses(sealed, place, room.signalKey)
  })

  it('refuses every size that no version writes', () => {
    for (const length of [0, 1, 41, 255, 257, 65_537]) refuses(Buffer.alloc(length, 1))
    refuses(sealed.subarray(0, -1))
    refuses(sealRaw(Buffer.alloc(300 - 41)))
    refuses(Buffer.concat([sealed, Buffer.alloc(1)]))
  })

  it('refuses a version that it does not know', () => {
    const padded = Buffer.alloc(256 - 41)
    refuses(sealRaw(padded, 0))
    refuses(sealRaw(padded, 2))
    expect(openBlock(sealRaw(padded), place, room.contentKey)).toHaveLength(0)
  })

  it('refuses a length that lies beyond the padding', () => {
    const padded = Buffer.alloc(256 - 41)
    for (const length of [256 - 41 - 4 + 1, 65_536, 2 ** 31, 2 ** 32 - 1]) {
      padded.writeUInt32LE(length)
      refuses(sealRaw(padded))
    }
    padded.writeUInt32LE(256 - 41 - 4)
    expect(openBlock(sealRaw(padded), place, room.contentKey)).toHaveLength(256 - 41 - 4)
  })
})

describe('any input', () => {
  it('seals and opens every entry at every place', () => {
    fc.assert(
      fc.property(anyBytes(2000), fc.maxSafeNat(), (bytes, sequence) => {
        const at = { ...place, sequence }
        expect(openBlock(sealBlock(bytes, at, room.contentKey), at, room.contentKey)).toEqual(bytes)
      }),
      RUNS
    )
  })

  it('opens no block that was changed', () => {
    const blocks = [sealed, sealBlock(count(900, 3), place, room.contentKey)]
    fc.assert(
      fc.property(mutated(blocks), (block) => {
        fc.pre(!blocks.some((valid) => valid.equals(block)))
        refuses(block)
      }),
      RUNS
    )
  })

  it('opens or refuses any bytes', () => {
    const any = fc.oneof(
      anyBytes(),
      anyBytes().map((bytes) => Buffer.concat([bytes, Buffer.alloc(256)]).subarray(0, 256))
    )
    fc.assert(
      fc.property(any, (bytes) => decodesOrRefuses(() => openBlock(bytes, place, room.contentKey))),
      RUNS
    )
  })
})
