import { expect, test, vi } from 'vitest'
import { connect, type Device, openDevice, reopen, Snapshot } from '../../helpers/devices.js'
import { eventually } from '../../helpers/eventually.js'
import { testRoom } from '../../helpers/replicas.js'

/** A device with these texts waiting for a first replica, as after a restart without anybody there. */
async function withWaiting(...texts: string[]): Promise<Device> {
  const device = await reopen(await (await openDevice(testRoom())).written())
  await device.say(...texts)
  return device
}

const bob = (device: Device) => openDevice(device.keys, { name: 'Bob' })

test('a crash after the outbox was committed loses nothing: the very blocks are appended', async () => {
  const before = await withWaiting('one', 'two')
  const sealed = before.store.outbox.waiting(before.log.key, 10).map(({ block }) => block)
  const after = await reopen(before)
  await connect(after, await bob(after))
  await after.written()
  expect(await after.log.read(1, 3)).toEqual(sealed)
  expect(after.texts).toEqual(['one', 'two'])
})

test('a crash between the append and its transaction settles the rows, and nothing is appended twice', async () => {
  const before = await withWaiting('one', 'two')
  const ids = before.store.outbox.waitingInRoom(before.index.room).map(({ clientId }) => clientId)
  const failed = Promise.withResolvers<void>()
  vi.spyOn(before.store.outbox, 'setHighWater').mockImplementation(() => {
    failed.resolve()
    throw new Error('the process ends here')
  })
  await connect(before, await bob(before))
  await failed.promise
  expect(before.store.outbox.waitingInRoom(before.index.room).length).toBe(2)

  const after = await reopen(before)
  expect(after.store.outbox.waitingInRoom(after.index.room)).toEqual([])
  expect(after.ownLogs).toMatchObject([{ length: 3, treeHash: after.log.treeHash }])
  await after.say('three')
  const other = await bob(after)
  await connect(after, other)
  await other.until('one', 'two', 'three')
  expect(after.log.length).toBe(4)
  expect(after.texts).toEqual(['one', 'two', 'three'])
  const entries = await after.entries()
  expect(entries.slice(1, 3).map((entry) => entry?.clientId)).toEqual(ids.reverse())
})

test('a transaction that a power cut undid is done again from the log', async () => {
  const before = await withWaiting('one')
  const snapshot = new Snapshot(before.folder)
  await connect(before, await bob(before))
  await before.written()
  const { treeHash } = before.log
  await before.close()
  snapshot.restoreDatabase()
  const after = await openDevice(before.keys, { folder: before.folder })
  expect(after.log.treeHash).toEqual(treeHash)
  expect(after.texts).toEqual(['one'])
  expect(after.ownLogs.length).toBe(1)
})

test('an append that a power cut undid together with its transaction is done again with the same bytes', async () => {
  const before = await withWaiting('one', 'two')
  const snapshot = new Snapshot(before.folder)
  await connect(before, await bob(before))
  await before.written()
  const [logKey, treeHash] = [before.log.key, before.log.treeHash]
  await before.close()
  snapshot.restoreDatabase()
  snapshot.restoreLogs()
  const after = await openDevice(before.keys, { folder: before.folder })
  expect(after.log.length).toBe(1)
  await connect(after, await bob(after))
  await after.written()
  expect(after.log.key).toEqual(logKey)
  expect(after.log.treeHash).toEqual(treeHash)
})

test('a log whose hello was saved and never appended begins with that hello', async () => {
  const first = await openDevice(testRoom())
  const [{ block } = { block: null }] = first.store.outbox.rows(first.index.room)
  const snapshot = new Snapshot(first.folder)
  await first.written()
  await first.close()
  snapshot.restoreDatabase()
  snapshot.restoreLogs()
  const again = await openDevice(first.keys, { folder: first.folder })
  await connect(again, await bob(again))
  await eventually(() => again.log.length === 1)
  expect(await again.log.read(0, 1)).toEqual([block])
})
