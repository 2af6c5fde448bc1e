import { expect, test } from 'vitest'
import { hex } from '../../../src-main/protocol/bytes.js'
import { roomTopic } from '../../../src-main/protocol/room-keys.js'
import { AnnouncedRooms } from '../../../src-main/root-peer/announced-rooms.js'
import { fakeNetwork } from '../../helpers/fake-network.js'

const rooms = [1, 2, 3, 4].map((byte) => Buffer.alloc(32, byte))

function topicsOf(...indexes: number[]): string[] {
  return indexes.map((index) => hex(roomTopic(rooms[index] as Buffer))).sort()
}

test('only the rooms that were active last are announced', () => {
  const network = fakeNetwork()
  const announced = new AnnouncedRooms(network, 2)
  for (const index of [0, 1, 0, 2]) announced.touch(rooms[index] as Buffer)
  expect([...network.topics].sort()).toEqual(topicsOf(0, 2))
  announced.touch(rooms[0] as Buffer)
  announced.touch(rooms[3] as Buffer)
  expect([...network.topics].sort()).toEqual(topicsOf(0, 3))
  announced.leaveAll()
  expect(network.topics.size).toBe(0)
})
