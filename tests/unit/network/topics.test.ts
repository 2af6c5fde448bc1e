import type Hyperswarm from 'hyperswarm'
import type { DiscoverySession } from 'hyperswarm'
import { expect, test } from 'vitest'
import { Topics } from '../../../src-main/network/topics.js'
import { ManualClock } from '../../helpers/manual-clock.js'

/** A swarm that notes what is joined and left, by the topic's first byte, and flushes when told. */
function setUp() {
  const joined: number[] = []
  const left: number[] = []
  const flushes: (() => void)[] = []
  const session = (): Partial<DiscoverySession> => ({
    refresh: async () => {},
    flushed: () => new Promise((resolve) => void flushes.push(resolve))
  })
  const swarm = {
    join: (topic: Buffer) => {
      joined.push(topic[0] as number)
      return session()
    },
    leave: async (topic: Buffer) => void left.push(topic[0] as number)
  }
  const topics = new Topics({ swarm: swarm as unknown as Hyperswarm, clock: new ManualClock(), random: () => 0 })
  return { joined, left, flushes, topics }
}

const topic = (byte: number) => Buffer.alloc(32, byte)

test('topics wait for our own key, then eight start at a time, the one asked for last first', async () => {
  const { joined, flushes, topics } = setUp()
  for (let byte = 1; byte <= 10; byte++) topics.join(topic(byte), true)
  expect(joined).toEqual([])
  topics.start()
  expect(joined).toEqual([10, 9, 8, 7, 6, 5, 4, 3])
  flushes[0]?.()
  await topicStarted(joined, 9)
  expect(joined.at(-1)).toBe(2)
  topics.join(topic(11), true)
  flushes[1]?.()
  await topicStarted(joined, 10)
  expect(joined.at(-1)).toBe(11)
})

async function topicStarted(joined: number[], count: number): Promise<void> {
  while (joined.length < count) await Promise.resolve()
}

test('a topic that never started needs no goodbye', async () => {
  const { joined, left, topics } = setUp()
  topics.join(topic(1), true)
  await topics.leave(topic(1))
  topics.join(topic(2), true)
  topics.start()
  await topics.leave(topic(2))
  await topics.leave(topic(2))
  expect([joined, left]).toEqual([[2], [2]])
})
