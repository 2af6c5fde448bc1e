import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseJson } from '../../../src-main/lib/json.js'

it('parses what JSON.parse parses', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      expect(parseJson(text)).toEqual(JSON.parse(text))
    })
  )
})

it('refuses depth before it parses, and does not count brackets in strings', () => {
  expect(() => parseJson('['.repeat(17) + ']'.repeat(17))).toThrow('deeper than 16')
  expect(parseJson('['.repeat(16) + ']'.repeat(16))).toBeDefined()
  expect(parseJson(JSON.stringify(`\\"${'['.repeat(50)}`))).toHaveLength(52)
})

it('throws BAD_ARGUMENT on anything else, never another error', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseJson(text)
      } catch (error) {
        expect(error).toMatchObject({ code: 'BAD_ARGUMENT' })
      }
    })
  )
})
