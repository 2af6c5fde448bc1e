import { expect, test } from 'vitest'
import type { Connection } from '../../../src-main/protocol/ports.js'
import { OpenRooms } from '../../../src-main/root-peer/open-rooms.js'
import { ManualClock } from '../../helpers/manual-clock.js'
import { connectionPair, openReplica, type Replica } from '../../helpers/replicas.js'
import { newRoom } from '../../helpers/root-peer.js'

const [roomId, otherId] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]

interface Setup {
  readonly clock: ManualClock
  readonly rooms: OpenRooms
  readonly calls: string[]
  /** Lets the replica that is being closed finish. */
  readonly finishClosing: () => void
  failing: boolean
}

async function setUp(): Promise<Setup> {
  const clock = new ManualClock()
  const calls: string[] = []
  const replica: Replica = await openReplica(newRoom())
  let finish: () => void = () => {}
  const setup = { clock, calls, failing: false, finishClosing: () => finish() }
  const logs = {
    openRoom: async () => {
      calls.push('open')
      if (setup.failing) throw new Error('the disk is full')
      return replica.room
    },
    closeRoom: () => {
      calls.push('close')
      return new Promise<void>((resolve) => {
        finish = resolve
      })
    }
  }
  const roster = { load: () => [], save: () => {} }
  const ignore = () => {}
  const rooms = new OpenRooms({ logs, roster, clock, most: 1, idle: 60_000, onappended: ignore, onerror: ignore })
  return Object.assign(setup, { rooms })
}

async function connection(): Promise<Connection> {
  const [one] = await connectionPair()
  return one
}

function closed(connection: Connection): Promise<void> {
  const closing = new Promise<void>((resolve) => connection.onClose(resolve))
  connection.close()
  return closing
}

test('a room is opened once for all connections and closed a while after the last of them', async () => {
  const { rooms, clock, calls } = await setUp()
  const [one, other] = [await connection(), await connection()]
  await rooms.use(roomId, one)
  await rooms.use(roomId, one)
  await rooms.use(roomId, other)
  await closed(one)
  clock.advance(100_000)
  expect(calls).toEqual(['open'])
  await closed(other)
  clock.advance(59_999)
  expect(calls).toEqual(['open'])
  clock.advance(1)
  expect(calls).toEqual(['open', 'close'])
})

test('a connection that comes in time keeps it open, one that comes later waits for the end of closing', async () => {
  const { rooms, clock, calls, finishClosing } = await setUp()
  const [one, other] = [await connection(), await connection()]
  await rooms.use(roomId, one)
  await closed(one)
  clock.advance(30_000)
  await rooms.use(roomId, other)
  clock.advance(100_000)
  expect(calls).toEqual(['open'])
  await closed(other)
  clock.advance(60_000)
  const again = rooms.use(roomId, await connection())
  await Promise.resolve()
  expect(calls).toEqual(['open', 'close'])
  finishClosing()
  await again
  expect(calls).toEqual(['open', 'close', 'open'])
})

test('there is room for so many, and one that could not be opened takes no place', async () => {
  const setup = await setUp()
  const { rooms } = setup
  setup.failing = true
  await expect(rooms.use(roomId, await connection())).rejects.toThrow('full')
  expect(rooms.hasPlaceFor(otherId)).toBe(true)
  setup.failing = false
  await rooms.use(roomId, await connection())
  expect([rooms.hasPlaceFor(roomId), rooms.hasPlaceFor(otherId)]).toEqual([true, false])
})
