import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LineSplitter } from '../../../../src-main/hosts/socket/lines.js'

function split(chunks: Buffer[], max = 1000): (string | null)[] {
  const lines: (string | null)[] = []
  const splitter = new LineSplitter(max, (line) => lines.push(line))
  for (const chunk of chunks) splitter.push(chunk)
  return lines
}

it('finds the same lines however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.nat(40)), (texts, cuts) => {
      const lines = texts.map((text) => text.replaceAll('\n', ''))
      let bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
      const chunks: Buffer[] = []
      for (const cut of cuts) {
        chunks.push(bytes.subarray(0, cut))
        bytes = bytes.subarray(cut)
      }
      expect(split([...chunks, bytes])).toEqual(lines)
    })
  )
})

it('gives null for a line that is too long, keeps none of it, and goes on with the next', () => {
  const long = Buffer.alloc(600, 'x')
  expect(split([long, long, Buffer.from('\nnext\n')])).toEqual([null, 'next'])
  expect(split([Buffer.alloc(1000, 'x'), Buffer.from('\n')])).toEqual(['x'.repeat(1000)])
})
