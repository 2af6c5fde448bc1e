import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hash } from '../../../src-main/protocol/crypto.js'
import { cutToBytes, decodeInvite, encodeInvite, type Invite } from '../../../src-main/protocol/invite.js'
import { count, inviterKey, otherRootPeerKey, rootPeerKey } from '../../formats/inputs.js'
import { anyText, bytesOf, codeOf, decodesOrRefuses, mutated, RUNS } from './fuzz.js'

const PREFIX = 'mangrove://join/'
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const invite: Invite = {
  secret: count(32, 1),
  creator: count(32, 2),
  rootPeers: [rootPeerKey, otherRootPeerKey],
  inviter: inviterKey,
  name: 'Würzelchen 🌳'
}
const link = encodeInvite(invite)
const bytes = Buffer.from(link.slice(PREFIX.length), 'base64url')
const body = bytes.subarray(0, -4)

const linkOf = (raw: Uint8Array) => PREFIX + Buffer.from(raw).toString('base64url')
/** A link whose checksum holds. */
const signed = (raw: Uint8Array) => linkOf(Buffer.concat([raw, hash([raw]).subarray(0, 4)]))
const refuses = (text: string) => expect(codeOf(() => decodeInvite(text))).toBe('INVITE_INVALID')

function patched(at: number, value: number): Buffer {
  const out = Buffer.from(body)
  out[at] = value
  return out
}

describe('links', () => {
  it('carry the secret, the creator, up to two root peers, the inviter and the name', () => {
    expect(decodeInvite(link)).toEqual(invite)
    expect(decodeInvite(encodeInvite({ ...invite, rootPeers: [], name: '' }))).toEqual({
      ...invite,
      rootPeers: [],
      name: ''
    })
  })

  it('are at most 320 characters, whatever is put in', () => {
    const rootPeers = Array.from({ length: 9 }, () => rootPeerKey)
    const longest = encodeInvite({ ...invite, rootPeers, name: '🌳'.repeat(100) })
    expect(longest.length).toBeLessThanOrEqual(320)
    expect(decodeInvite(longest)).toEqual({ ...invite, rootPeers: rootPeers.slice(0, 2), name: '🌳'.repeat(8) })
  })

  it('are read with white space around them', () => {
    expect(decodeInvite(`\n  ${link}\t `)).toEqual(invite)
  })

  it('are cut short or longer than they were and refused', () => {
    for (let end = 0; end < link.length; end++) refuses(link.slice(0, end))
    refuses(`${link}A`)
    refuses(`${link}AAAA`)
    refuses(`${link}.`)
    refuses(`${link}${'A'.repeat(400)}`)
  })

  it('have a checksum that finds every single mistyped character', () => {
    for (let at = PREFIX.length; at < link.length; at++) {
      refuses(link.slice(0, at) + (link[at] === 'A' ? 'B' : 'A') + link.slice(at + 1))
    }
  })

  it('have one spelling: no padding, no plain base64, no space inside, no stray bits, no other prefix', () => {
    refuses(`${link}=`)
    refuses(`${link.slice(0, 40)} ${link.slice(40)}`)
    refuses(link.replace('mangrove://join/', 'mangrove://Join/'))
    refuses(link.replace('mangrove:', 'https:'))
    const standard = encodeInvite({ ...invite, secret: Buffer.alloc(32, 0xff) })
    refuses(PREFIX + standard.slice(PREFIX.length).replaceAll('_', '/'))
    for (const last of ALPHABET) if (!link.endsWith(last)) refuses(link.slice(0, -1) + last)
  })
})

describe('versions', () => {
  it('that are later, or of a later kind, are told from broken links', () => {
    expect(codeOf(() => decodeInvite(signed(patched(0, 2))))).toBe('INVITE_NEWER')
    expect(codeOf(() => decodeInvite(signed(patched(1, 1))))).toBe('INVITE_NEWER')
    expect(codeOf(() => decodeInvite(signed(Buffer.from([9, 0, 1]))))).toBe('INVITE_NEWER')
    refuses(linkOf(Buffer.concat([patched(0, 2), bytes.subarray(-4)])))
  })

  it('are told only where the link is not too long', () => {
    refuses(signed(Buffer.concat([patched(0, 2), Buffer.alloc(60)])))
  })

  it('of 0 were never written', () => {
    refuses(signed(patched(0, 0)))
  })
})

describe('lies under a valid checksum', () => {
  it('about the count of keys are refused', () => {
    for (const keys of [0, 1, 2, 4, 255]) refuses(signed(patched(66, keys)))
    const four = Buffer.concat([body.subarray(0, 66), Buffer.from([4]), Buffer.alloc(4 * 32), Buffer.from([0])])
    refuses(signed(four))
  })

  it('about the length of the name are refused', () => {
    const nameAt = 67 + 3 * 32
    for (const length of [0, 1, 31, 33, 255]) refuses(signed(patched(nameAt, length)))
    const long = Buffer.concat([body.subarray(0, nameAt), Buffer.from([33]), Buffer.alloc(33, 0x61)])
    refuses(signed(long))
  })

  it('about anything behind the name are refused', () => {
    refuses(signed(Buffer.concat([body, Buffer.from([0])])))
    refuses(signed(body.subarray(0, 66)))
    refuses(signed(body.subarray(0, 2)))
    refuses(signed(Buffer.alloc(0)))
  })

  it('about its text are refused', () => {
    refuses(signed(patched(body.byteLength - 1, 0xff)))
  })
})

describe('names', () => {
  it('are cut at the end of a character', () => {
    expect(cutToBytes('aü🌳b', 2)).toBe('a')
    expect(cutToBytes('aü🌳b', 3)).toBe('aü')
    expect(cutToBytes('aü🌳b', 6)).toBe('aü')
    expect(cutToBytes('aü🌳b', 7)).toBe('aü🌳')
    expect(cutToBytes('aü🌳b', 8)).toBe('aü🌳b')
    expect(cutToBytes('', 0)).toBe('')
  })

  it('are never longer than the limit, and a start of what they were', () => {
    fc.assert(
      fc.property(anyText(60), fc.nat(40), (text, limit) => {
        const cut = cutToBytes(text, limit)
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(limit)
        expect(text.startsWith(cut)).toBe(true)
        expect(Buffer.from(cut).toString()).toBe(cut)
      }),
      RUNS
    )
  })

  it('keep a byte order mark, which is a character like others', () => {
    expect(decodeInvite(encodeInvite({ ...invite, name: '\ufeffRoots' })).name).toBe('\ufeffRoots')
  })
})

describe('any input', () => {
  it('is written and read again', () => {
    const any = fc.record({
      secret: bytesOf(32),
      creator: bytesOf(32),
      rootPeers: fc.array(bytesOf(32), { maxLength: 2 }),
      inviter: bytesOf(32),
      name: anyText(8)
    })
    fc.assert(
      fc.property(any, (value) => {
        expect(decodeInvite(encodeInvite(value))).toEqual({ ...value, name: cutToBytes(value.name, 32) })
      }),
      RUNS
    )
  })

  it('is read or refused', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }).map((text) => PREFIX + text),
      fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 330 }).map((text) => PREFIX + text),
      mutated([Buffer.from(link)]).map((changed) => changed.toString('latin1')),
      mutated([bytes]).map(linkOf),
      mutated([body]).map(signed)
    )
    fc.assert(
      fc.property(texts, (text) => decodesOrRefuses(() => decodeInvite(text))),
      RUNS
    )
  })
})
