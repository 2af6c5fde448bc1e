import { expect, test } from 'vitest'
import { KeptPeer } from '../../../src-main/network/kept-peer.js'
import { ManualClock } from '../../helpers/manual-clock.js'

function setUp() {
  const clock = new ManualClock()
  const dials: number[] = []
  let done: () => void = () => {}
  const kept = new KeptPeer({
    clock,
    random: () => 0,
    dial: (settled) => {
      dials.push(clock.now())
      done = settled
      return true
    }
  })
  return { clock, dials, kept, fail: () => done() }
}

test('waits grow from a tenth of a second to a minute while nobody answers', () => {
  const { clock, dials, kept, fail } = setUp()
  kept.dial()
  for (let i = 0; i < 9; i++) {
    fail()
    clock.advance(60_000)
  }
  fail()
  const began = dials.slice(1).map((at, i) => at - (dials[0] ?? 0) - i * 60_000)
  expect(began).toEqual([100, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 60_000])
  kept.close()
  expect(clock.pending).toBe(0)
})

test('a connection of 15 s makes the waits short again, a shorter one does not', () => {
  const { clock, dials, kept, fail } = setUp()
  kept.dial()
  fail()
  clock.advance(100)
  kept.connected()
  clock.advance(1_000)
  kept.disconnected()
  const [lost, before] = [clock.now(), dials.length]
  clock.advance(499)
  expect(dials.length).toBe(before)
  clock.advance(1)
  expect(dials.at(-1)).toBe(lost + 500)
  kept.connected()
  clock.advance(15_000)
  kept.disconnected()
  clock.advance(100)
  expect(dials.at(-1)).toBe(clock.now())
})

test('a try that opened but did not become the connection is followed by another', () => {
  const { clock, dials, kept, fail } = setUp()
  kept.dial()
  fail()
  clock.advance(100)
  expect(dials.length).toBe(2)
  kept.connected()
  fail()
  clock.advance(100_000)
  expect(dials.length).toBe(2)
})

test('a network that came back is used at once', () => {
  const { clock, dials, kept, fail } = setUp()
  kept.dial()
  for (let i = 0; i < 8; i++) {
    fail()
    clock.advance(60_000)
  }
  fail()
  const before = dials.length
  kept.retry()
  expect(dials.length).toBe(before + 1)
})
