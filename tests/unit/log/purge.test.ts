import { expect, test } from 'vitest'
import { hex } from '../../../src-main/protocol/bytes.js'
import { hasLength, link, MemoryRoster, openReplica, testRoom } from '../../helpers/replicas.js'

test('a purged room leaves no entry behind, and its logs can come again', async () => {
  const keys = testRoom()
  const [author, replica] = [await openReplica(keys), await openReplica(keys)]
  await author.beginLog()
  const first = await link(author, replica)
  await author.append('one', 'two')
  await hasLength(replica, author.log.key, 2)
  await replica.store.purgeRoom(keys.roomId)
  first.cut()

  replica.room = await replica.store.openRoom(keys.roomId, new MemoryRoster())
  expect(replica.room.logs.size).toBe(0)
  await link(author, replica)
  await hasLength(replica, author.log.key, 2)
  expect(replica.room.log(author.log.key)?.treeHash).toEqual(author.log.treeHash)
})

test('a purged log is empty when it is opened again with its roster', async () => {
  const keys = testRoom()
  const replica = await openReplica(keys)
  await replica.beginLog()
  await replica.append('one')
  await replica.store.purgeRoom(keys.roomId)
  const room = await replica.store.openRoom(keys.roomId, replica.roster)
  expect(room.logs.get(hex(replica.log.key))?.length).toBe(0)
})

test('purging one room touches no other', async () => {
  const [gone, kept] = [testRoom(), testRoom()]
  const replica = await openReplica(kept)
  await replica.beginLog()
  await replica.append('stays')
  const other = await replica.store.openRoom(gone.roomId, new MemoryRoster())
  expect(other.logs.size).toBe(0)
  await replica.store.purgeRoom(gone.roomId)
  expect((await replica.log.read(0, 1)).map(String)).toEqual(['stays'])
})

test('a purged room is gone after a restart as well', async () => {
  const keys = testRoom()
  const replica = await openReplica(keys)
  await replica.beginLog()
  await replica.append('one')
  await replica.store.purgeRoom(keys.roomId)
  await replica.store.close()
  const again = await openReplica(keys, { folder: replica.folder })
  for (const record of replica.roster.load()) again.roster.save(keys.roomId, replica.log.key, 'log', record)
  await again.store.closeRoom(keys.roomId)
  const room = await again.store.openRoom(keys.roomId, again.roster)
  expect(room.logs.get(hex(replica.log.key))?.length).toBe(0)
})
