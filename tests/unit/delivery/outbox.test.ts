import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { Log } from '../../../src-main/log/log.js'
import { Store } from '../../../src-main/store/store.js'
import { connect, openDevice, reopen } from '../../helpers/devices.js'
import { eventually } from '../../helpers/eventually.js'
import { testRoom } from '../../helpers/replicas.js'

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `text ${i + 1}`)

/** A device whose log waits for a replica, so that nothing is appended before `connect`. */
async function waitingDevice() {
  const keys = testRoom()
  return reopen(await (await openDevice(keys)).written())
}

test('an entry is committed by the time its id is returned', async () => {
  const device = await waitingDevice()
  await device.say('saved')
  const other = new Store(join(device.folder, 'mangrove.db'), Buffer.alloc(32, 1))
  expect(other.outbox.waitingInRoom(device.index.room).length).toBe(1)
  other.close()
})

test('everything that waits at one time is one synced commit', async () => {
  const device = await openDevice(testRoom())
  const durable = vi.spyOn(device.store.db, 'durable')
  await device.say(...numbered(100))
  expect(durable).toHaveBeenCalledTimes(1)
})

test('messages keep the order in which they were sent', async () => {
  const device = await openDevice(testRoom())
  await device.say(...numbered(70))
  await device.say('the last')
  await device.written()
  expect(device.texts).toEqual([...numbered(70), 'the last'])
})

test('the hello is appended alone, then up to 64 entries at a time', async () => {
  const append = vi.spyOn(Log.prototype, 'append')
  const device = await openDevice(testRoom())
  await device.say(...numbered(150))
  await device.written()
  expect(append.mock.calls.map(([blocks]) => blocks.length)).toEqual([1, 64, 64, 22])
  const [hello] = await device.entries()
  expect(hello?.body.type).toBe('hello')
  append.mockRestore()
})

test('one append takes at most 64 KiB, and a block of that size goes alone', async () => {
  const device = await openDevice(testRoom())
  await device.written()
  const append = vi.spyOn(device.log, 'append')
  const page = (character: string) => character.repeat(3000)
  const whole = 'x'.repeat(30_000)
  await device.say(...Array.from({ length: 20 }, () => page('p')), whole, whole)
  await device.written()
  const sizes = append.mock.calls.map(([blocks]) => blocks.map(({ byteLength }) => byteLength))
  expect(sizes.map((blocks) => blocks.length)).toEqual([16, 4, 1, 1])
  for (const blocks of sizes) expect(blocks.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(64 * 1024)
})

test('a row is dropped only when a replica acknowledged it and the own log is synced', async () => {
  const keys = testRoom()
  const [alice, bob] = [await openDevice(keys), await openDevice(keys, { name: 'Bob' })]
  await alice.written()
  const synced = Promise.withResolvers<boolean>()
  vi.spyOn(alice.logs, 'synced').mockImplementation(() => synced.promise)
  await alice.say('precious')
  await alice.written()
  const rows = () => alice.store.outbox.count(alice.index.room)
  await connect(alice, bob)
  await eventually(() => alice.store.acks.anywhere(alice.log.key) === 2)
  expect(rows()).toBe(1)
  synced.resolve(true)
  await eventually(() => rows() === 0)
})

test('what is synced but acknowledged by nobody stays in the outbox', async () => {
  const device = await openDevice(testRoom())
  await device.say('precious')
  await device.written()
  await device.logs.synced()
  const again = await reopen(device)
  await again.logs.synced()
  expect(again.store.outbox.count(again.index.room)).toBe(2)
})

test('drained is told once everything is acknowledged', async () => {
  const keys = testRoom()
  const [alice, bob] = [await openDevice(keys), await openDevice(keys, { name: 'Bob' })]
  await alice.say('one')
  const drained = new Promise<void>((resolve) => alice.delivery.on('drained', () => resolve()))
  await connect(alice, bob)
  await drained
  expect(alice.delivery.drained).toBe(true)
})

test('after a restart, new messages stand behind those that still wait', async () => {
  const first = await waitingDevice()
  await first.say('one', 'two', 'three')
  const again = await reopen(first)
  await again.say('four')
  await connect(again, await openDevice(again.keys, { name: 'Bob' }))
  await again.written()
  expect(again.texts).toEqual(['one', 'two', 'three', 'four'])
})

test('a closed room saves nothing and says so', async () => {
  const device = await openDevice(testRoom())
  await device.delivery.close()
  await expect(device.say('too late')).rejects.toThrow()
})
