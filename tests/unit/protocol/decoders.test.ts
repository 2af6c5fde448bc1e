/** No bytes that a peer sends make a decoder throw anything but a ProtocolError. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CODECS } from '../../formats/codecs.js'
import { anyBytes, codeOf, decodesOrRefuses, mutated, RUNS } from './fuzz.js'

describe.each(Object.keys(CODECS))('%s', (name) => {
  const codec = CODECS[name]
  if (!codec) throw new Error(name)
  const valid = codec.samples.map((sample) => codec.encodeSample(sample))

  it('decodes or refuses any bytes', () => {
    fc.assert(
      fc.property(anyBytes(), (bytes) => decodesOrRefuses(() => codec.decode(bytes))),
      RUNS
    )
  })

  it('decodes or refuses valid bytes that were changed', () => {
    fc.assert(
      fc.property(mutated(valid), (bytes) => decodesOrRefuses(() => codec.decode(bytes))),
      RUNS
    )
  })

  it('can write again whatever it read', () => {
    fc.assert(
      fc.property(mutated(valid), (bytes) => decodesOrRefuses(() => codec.recode(bytes))),
      RUNS
    )
  })

  it('refuses every sample that was cut short', () => {
    for (const bytes of valid) {
      for (let end = 0; end < bytes.byteLength; end++) {
        expect(codeOf(() => codec.decode(bytes.subarray(0, end)))).toBe('MALFORMED')
      }
    }
  })

  it('reads no further than its bytes, wherever they lie in a larger buffer', () => {
    for (const bytes of valid) {
      const around = Buffer.concat([Buffer.alloc(9, 0xff), bytes, Buffer.alloc(9, 0xff)])
      expect(codec.decode(around.subarray(9, -9))).toEqual(codec.decode(bytes))
    }
  })
})
