import { expect, test, vi } from 'vitest'
import { encodeHeads } from '../../../src-main/protocol/room-messages.js'
import { connect, openDevice, reopen } from '../../helpers/devices.js'
import { HostilePeer } from '../../helpers/hostile-peer.js'
import { testRoom } from '../../helpers/replicas.js'

test('a log created in this process is written at once', async () => {
  const device = await openDevice(testRoom())
  await device.say('at once')
  await device.written()
  expect(device.texts).toEqual(['at once'])
})

test('an older log waits for the first heads of one verified replica, and then everything is appended', async () => {
  const device = await reopen(await (await openDevice(testRoom())).written())
  const append = vi.spyOn(device.log, 'append')
  await device.say('one', 'two')
  await device.say('three')
  expect(append).not.toHaveBeenCalled()
  expect(device.store.outbox.waitingInRoom(device.index.room).length).toBe(3)
  await connect(device, await openDevice(device.keys, { name: 'Bob' }))
  await device.written()
  expect(append.mock.calls.map(([blocks]) => blocks.length)).toEqual([3])
  expect(device.texts).toEqual(['one', 'two', 'three'])
})

test('a peer that does not know the room is no replica to hear', async () => {
  const device = await reopen(await (await openDevice(testRoom())).written())
  await device.say('waits')
  const stranger = await HostilePeer.connect(device.asReplica)
  stranger.open({ proof: Buffer.alloc(32) })
  await stranger.until(() => stranger.channelClosed)
  expect(device.store.outbox.waitingInRoom(device.index.room).length).toBe(1)
  expect(device.log.length).toBe(1)
})

test('a neighbour whose first heads are not finished has not been heard', async () => {
  const device = await reopen(await (await openDevice(testRoom())).written())
  await device.say('waits')
  const peer = (await HostilePeer.connect(device.asReplica)).open()
  await peer.message('heads')
  peer.send('heads', encodeHeads({ rows: [], last: false }))
  peer.send('heads', encodeHeads({ rows: [], last: false }))
  expect(device.store.outbox.waitingInRoom(device.index.room).length).toBe(1)
  peer.send('heads', encodeHeads({ rows: [], last: true }))
  await device.written()
  expect(device.texts).toEqual(['waits'])
})
