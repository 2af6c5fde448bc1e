import { expect, test } from 'vitest'
import { KEPT_PACE, Liveness, NORMAL_PACE, TICK_MS } from '../../../src-main/network/liveness.js'
import { ManualClock } from '../../helpers/manual-clock.js'

class FakePeer {
  packetsReceived = 0
  overflowed = false
  pings = 0
  closed = false
  answers = true

  ping(): void {
    this.pings++
    if (this.answers) this.packetsReceived++
  }

  close(): void {
    this.closed = true
  }
}

test('a kept peer that answers stays, one that falls silent is closed after 2.5 s', () => {
  const clock = new ManualClock()
  const liveness = new Liveness(clock)
  const peer = new FakePeer()
  liveness.watch(peer, KEPT_PACE)
  clock.advance(60_000)
  expect(peer.closed).toBe(false)
  peer.answers = false
  clock.advance(TICK_MS * (KEPT_PACE.dead + 1))
  expect(peer.closed).toBe(true)
})

test('other peers are not pinged by us and get 20 s', () => {
  const clock = new ManualClock()
  const liveness = new Liveness(clock)
  const peer = new FakePeer()
  liveness.watch(peer, NORMAL_PACE)
  clock.advance(19_000)
  expect([peer.pings, peer.closed]).toEqual([0, false])
  clock.advance(1_000)
  expect(peer.closed).toBe(true)
})

test('a peer that piles up more than we hold while paused is closed', () => {
  const clock = new ManualClock()
  const liveness = new Liveness(clock)
  const peer = new FakePeer()
  liveness.watch(peer, NORMAL_PACE)
  peer.overflowed = true
  clock.advance(TICK_MS)
  expect(peer.closed).toBe(true)
})

test('watching again changes the pace, and without anybody to watch no timer is left', () => {
  const clock = new ManualClock()
  const liveness = new Liveness(clock)
  const peer = new FakePeer()
  peer.answers = false
  liveness.watch(peer, NORMAL_PACE)
  liveness.watch(peer, KEPT_PACE)
  clock.advance(TICK_MS * 5)
  expect(peer.closed).toBe(true)
  liveness.unwatch(peer)
  expect(clock.pending).toBe(0)
})
