import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hex } from '../../../src-main/protocol/bytes.js'
import { encodeMessageId } from '../../../src-main/protocol/ids.js'
import { encodeHeads } from '../../../src-main/protocol/room-messages.js'
import { connect, type Device, openDevice, reopen, Snapshot } from '../../helpers/devices.js'
import { eventually } from '../../helpers/eventually.js'
import { HostilePeer } from '../../helpers/hostile-peer.js'
import { testRoom } from '../../helpers/replicas.js'

const bob = (device: Device) => openDevice(device.keys, { name: 'Bob' })

/** Ids and texts of the index, oldest first. */
function messages({ store, index }: Device): [string, string][] {
  const rows = store.messages.page(index.room, null, 1000).reverse()
  return rows.map(({ messageId, text }) => [encodeMessageId(messageId), text])
}

async function deviceWith(...texts: string[]): Promise<Device> {
  const device = await openDevice(testRoom())
  await device.say(...texts)
  return device.written()
}

/** The old log is closed for good, and one new log holds what others may lack, under the same ids. */
async function expectNewLog(device: Device, oldKey: Buffer, before: [string, string][]): Promise<void> {
  await device.written()
  expect(device.log.key).not.toEqual(oldKey)
  expect(device.ownLogs.filter(({ writable }) => writable).map(({ logKey }) => logKey)).toEqual([device.log.key])
  expect(messages(device)).toEqual(before)
  const other = await bob(device)
  await connect(device, other)
  await other.until(...before.map(([, text]) => text))
  expect(messages(other)).toEqual(before)
}

test('a log shorter than its high-water mark is never written again, and its entries move to a new one', async () => {
  const first = await deviceWith('one')
  await first.close()
  const snapshot = new Snapshot(first.folder)
  const second = await openDevice(first.keys, { folder: first.folder })
  await heardBy(second)
  await second.say('two', 'three')
  await second.written()
  const before = messages(second)
  await second.close()
  snapshot.restoreLogs()
  await expectNewLog(await openDevice(first.keys, { folder: first.folder }), first.log.key, before)
})

/** A replica that is heard and never acknowledges anything. */
async function heardBy(device: Device): Promise<void> {
  const peer = (await HostilePeer.connect(device.asReplica)).open()
  await peer.message('heads')
  peer.send('heads', encodeHeads({ rows: [], last: true }))
}

test('a log with another tree at its high-water mark is never written again', async () => {
  const first = await deviceWith('one', 'two')
  const before = messages(first)
  first.store.outbox.setHighWater(first.log.key, 3, Buffer.alloc(32, 7))
  await expectNewLog(await reopen(first), first.log.key, before)
})

test('a quarantined own log is never written again', async () => {
  const first = await deviceWith('one', 'two')
  const before = messages(first)
  const head = first.log.head()
  if (!head) throw new Error('no head')
  await first.log.quarantine(head)
  await expectNewLog(await reopen(first), first.log.key, before)
})

test('a log that RocksDB rolled back is never written again', async () => {
  const first = await deviceWith('one', 'two')
  const before = messages(first)
  await first.close()
  writeFileSync(join(first.folder, 'cores', 'db', 'RECOVERING'), '')
  await expectNewLog(await openDevice(first.keys, { folder: first.folder }), first.log.key, before)
})

test('a log that somebody holds longer than it is here is never written again, and comes back whole', async () => {
  const first = await reopen(await deviceWith('one'))
  const snapshot = new Snapshot(first.folder)
  const other = await bob(first)
  const link = await connect(first, other)
  await first.say('two')
  await other.until('one', 'two')
  await link.cut()
  const oldKey = first.log.key
  await first.close()
  snapshot.restoreDatabase()
  snapshot.restoreLogs()

  const restored = await openDevice(first.keys, { folder: first.folder })
  await restored.say('three')
  expect(restored.texts).toEqual(['one'])
  await connect(restored, other)
  await restored.until('one', 'two', 'three')
  await other.until('one', 'two', 'three')
  expect(restored.log.key).not.toEqual(oldKey)
  expect(hex(restored.replica.log(oldKey)?.treeHash ?? Buffer.alloc(0))).toBe(
    hex(other.replica.log(oldKey)?.treeHash ?? Buffer.alloc(1))
  )
  expect(messages(restored)).toEqual(messages(other))
  expect(other.replica.log(oldKey)?.quarantined).toBe(false)
})

/** What a disk image set back leaves: the same log goes on twice, and only later do its replicas meet. */
async function forked(texts: { first: string[]; again: string[] }) {
  const first = await reopen(await deviceWith('one'))
  const snapshot = new Snapshot(first.folder)
  const [carol, other] = [await bob(first), await bob(first)]
  const early = await connect(first, other)
  await first.say(...texts.first)
  await other.until('one', ...texts.first)
  await early.cut()
  const oldKey = first.log.key
  await first.close()
  snapshot.restoreDatabase()
  snapshot.restoreLogs()
  const restored = await openDevice(first.keys, { folder: first.folder })
  const unaware = await connect(restored, carol)
  await restored.say(...texts.again)
  await carol.until(...texts.again)
  await eventually(() => restored.delivery.drained)
  await unaware.cut()
  expect(restored.log.key).toEqual(oldKey)
  return { restored, other, oldKey }
}

for (const [what, first] of Object.entries({
  'other entries in its place': ['first'],
  'more and other entries in its place': ['first', 'second', 'third']
})) {
  test(`of a log of which somebody holds ${what}, what they lack is written again into a new one`, async () => {
    const { restored, other, oldKey } = await forked({ first, again: ['again'] })
    await connect(restored, other)
    await other.until('one', ...first, 'again')
    await restored.say('and on')
    await other.until('and on')
    expect(restored.log.key).not.toEqual(oldKey)
    expect(other.texts.toSorted()).toEqual(['one', ...first, 'again', 'and on'].toSorted())
  })
}

test('messages are shown once when their old log comes back beside the new one', async () => {
  const first = await deviceWith('one', 'two')
  const other = await bob(first)
  const link = await connect(first, other)
  await other.until('one', 'two')
  await link.cut()
  first.store.outbox.setHighWater(first.log.key, 3, Buffer.alloc(32, 7))
  const again = await reopen(first)
  await again.say('three')
  await connect(again, other)
  await other.until('three')
  expect(other.texts).toEqual(['one', 'two', 'three'])
  expect(again.texts).toEqual(['one', 'two', 'three'])
})
