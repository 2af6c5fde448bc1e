import { expect, test } from 'vitest'
import { Penalties } from '../../../src-main/network/penalties.js'
import { ManualClock } from '../../helpers/manual-clock.js'

const MINUTE = 60_000
const key = Buffer.alloc(32, 1)

test('a penalty lasts a minute and doubles up to an hour', () => {
  const clock = new ManualClock()
  const penalties = new Penalties(clock)
  expect(penalties.refuses(key)).toBe(false)
  const lengths = Array.from({ length: 8 }, () => {
    const length = penalties.punish(key)
    expect(penalties.refuses(key)).toBe(true)
    clock.advance(length)
    expect(penalties.refuses(key)).toBe(false)
    return length / MINUTE
  })
  expect(lengths).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
})

test('a good day is enough to begin anew', () => {
  const clock = new ManualClock()
  const penalties = new Penalties(clock)
  penalties.punish(key)
  penalties.punish(key)
  clock.advance(25 * 60 * MINUTE)
  expect(penalties.punish(key)).toBe(MINUTE)
})

test('new keys in any number take bounded room: the oldest is forgotten', () => {
  const clock = new ManualClock()
  const penalties = new Penalties(clock)
  penalties.punish(key)
  for (let i = 0; i < 4096; i++) {
    const other = Buffer.alloc(32)
    other.writeUInt32LE(i + 1, 4)
    penalties.punish(other)
  }
  expect(penalties.refuses(key)).toBe(false)
})
