import fc from 'fast-check'
import hypercoreId from 'hypercore-id-encoding'
import { describe, expect, it } from 'vitest'
import { accountName, keyArgument, messageId, roomName } from '../../../src-preload/contract/fields.js'
import { contract } from '../../../src-preload/contract/index.js'
import { KEY } from '../../helpers/fake-node.js'

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success

describe('keys', () => {
  it('come in as z-base-32 or hex and go on as z-base-32', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const key = Buffer.from(bytes)
        const text = hypercoreId.encode(key)
        expect(keyArgument.parse(text)).toBe(text)
        expect(keyArgument.parse(key.toString('hex').toUpperCase())).toBe(text)
      })
    )
  })

  it('are refused in any other form, also with bits beyond the last byte', () => {
    for (const text of ['', 'y'.repeat(51), `${'y'.repeat(51)}b`, `${'0'.repeat(63)}g`, 'pear://x', 7, null]) {
      expect(accepts(keyArgument, text)).toBe(false)
    }
  })
})

describe('message ids', () => {
  it('have 26 characters of which the last carries three bits', () => {
    expect(accepts(messageId, 'y'.repeat(26))).toBe(true)
    expect(accepts(messageId, `${'y'.repeat(25)}b`)).toBe(false)
  })
})

describe('names', () => {
  it('are trimmed and counted as people count characters', () => {
    expect(accountName.parse('  Zoë ')).toBe('Zoë')
    expect(accepts(accountName, '👩‍👩‍👧'.repeat(40))).toBe(true)
    expect(accepts(accountName, 'a'.repeat(65))).toBe(false)
  })

  it('are refused when empty, over their bytes, with control characters or broken Unicode', () => {
    for (const name of ['', '   ', 'a\u0300'.repeat(1) + '\u0300'.repeat(2000), 'a\nb', 'a\ud800']) {
      expect(accepts(accountName, name)).toBe(false)
    }
  })

  it('of rooms have at most 32 bytes, so that they fit into an invite', () => {
    expect(accepts(roomName, 'ü'.repeat(16))).toBe(true)
    expect(accepts(roomName, `${'ü'.repeat(16)}.`)).toBe(false)
  })
})

describe('texts', () => {
  const { args } = contract.commands['messages.send']

  it('are kept exactly, whitespace included', () => {
    const text = ' \n\u202e x '
    expect(args.parse({ roomId: KEY, text }).text).toBe(text)
  })

  it('are refused when empty or broken', () => {
    for (const text of ['', '\udc00', 5]) expect(accepts(args, { roomId: KEY, text })).toBe(false)
  })
})

it('no command throws on any JSON', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(contract.commands)), fc.jsonValue(), ({ args }, value) => {
      args.safeParse(value)
    })
  )
})
