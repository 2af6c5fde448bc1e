import type { DiscoverySession } from 'hyperswarm'
import { expect, test } from 'vitest'
import { Topic } from '../../../src-main/network/topic.js'
import { ManualClock } from '../../helpers/manual-clock.js'

function setUp() {
  const clock = new ManualClock()
  const refreshes: { at: number; server?: boolean }[] = []
  const start = clock.now()
  const session: Pick<DiscoverySession, 'refresh' | 'flushed'> = {
    refresh: async (options) => {
      refreshes.push({ at: (clock.now() - start) / 1000, server: options?.server })
    },
    flushed: async () => {}
  }
  const topic = new Topic(Buffer.alloc(32), false, clock, () => 0)
  void topic.start(() => session as DiscoverySession)
  topic.seek(true)
  return { clock, refreshes, topic }
}

test('a topic whose owner seeks peers is looked up after 1, 3, 10 and 30 s and then ever more seldom', () => {
  const { clock, refreshes } = setUp()
  clock.advance(30 * 60_000)
  expect(refreshes.map(({ at }) => at)).toEqual([1, 4, 14, 44, 74, 134, 254, 554, 1154, 1754])
})

test('having peers stops the lookups, losing them begins with the short waits again', () => {
  const { clock, refreshes, topic } = setUp()
  clock.advance(20_000)
  topic.seek(false)
  clock.advance(600_000)
  expect(refreshes.length).toBe(3)
  topic.seek(true)
  clock.advance(1_000)
  expect(refreshes.length).toBe(4)
})

test('a change of announcing is told at once, and a closed topic keeps no timer', () => {
  const { clock, refreshes, topic } = setUp()
  topic.setAnnounce(true)
  topic.setAnnounce(true)
  expect(refreshes).toEqual([{ at: 0, server: true }])
  topic.close()
  expect(clock.pending).toBe(0)
})
