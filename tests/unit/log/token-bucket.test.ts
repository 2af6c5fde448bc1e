import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TokenBucket } from '../../../src-main/log/token-bucket.js'

test('a burst passes, and what is beyond it says how long to wait', () => {
  const bucket = new TokenBucket(10, 2, 0)
  expect(bucket.take(20, 0)).toBe(0)
  expect(bucket.take(1, 0)).toBe(100)
  expect(bucket.take(0, 100)).toBe(0)
})

test('who waits as long as it says is not overdrawn', () => {
  const bucket = new TokenBucket(200, 5, 0)
  const wait = bucket.take(5000, 0)
  expect(bucket.take(0, wait)).toBe(0)
})

test('over a long time no more passes than the rate and one burst', () => {
  const take = fc.record({ amount: fc.integer({ min: 1, max: 50 }), wait: fc.integer({ min: 0, max: 3000 }) })
  fc.assert(
    fc.property(fc.array(take, { minLength: 1, maxLength: 50 }), (takes) => {
      const bucket = new TokenBucket(10, 3, 0)
      let [now, passed] = [0, 0]
      for (const { amount, wait } of takes) {
        now += wait
        now += bucket.take(amount, now)
        passed += amount
      }
      expect(passed).toBeLessThanOrEqual(10 * 3 + (now / 1000) * 10 + 1e-6)
    })
  )
})
