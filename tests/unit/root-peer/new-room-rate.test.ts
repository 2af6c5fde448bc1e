import { expect, test } from 'vitest'
import { NewRoomRate } from '../../../src-main/root-peer/new-room-rate.js'
import { ManualClock } from '../../helpers/manual-clock.js'

const HOUR = 3_600_000
const [ada, ben] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]

test('a stranger may register 100 rooms at once and then 10 an hour, whatever others do', () => {
  const clock = new ManualClock()
  const rate = new NewRoomRate({ atOnce: 100, perHour: 10, clock })
  const take = (count: number) => Array.from({ length: count }, () => rate.take(ada)).filter(Boolean).length
  expect(take(150)).toBe(100)
  expect(rate.take(ben)).toBe(true)
  clock.advance(HOUR)
  expect(take(50)).toBe(10)
  clock.advance(HOUR / 20)
  expect(take(1)).toBe(0)
  clock.advance(HOUR / 20)
  expect(take(2)).toBe(1)
  clock.advance(1000 * HOUR)
  expect(take(150)).toBe(100)
})
