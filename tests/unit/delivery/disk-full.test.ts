import { expect, onTestFinished, test, vi } from 'vitest'
import { MangroveError } from '../../../src-main/lib/errors.js'
import { OutboxTable } from '../../../src-main/store/outbox-table.js'
import { connect, openDevice, reopen } from '../../helpers/devices.js'
import { eventually } from '../../helpers/eventually.js'
import { testRoom } from '../../helpers/replicas.js'

const full = () => new MangroveError('STORAGE_FULL', 'The disk is full.')

test('what cannot be saved is refused, uses no place, and the next message is saved', async () => {
  const device = await openDevice(testRoom())
  await device.written()
  vi.spyOn(device.store.outbox, 'add').mockImplementationOnce(() => {
    throw full()
  })
  await expect(device.say('lost', 'with it')).rejects.toMatchObject({ code: 'STORAGE_FULL' })
  await device.say('kept')
  await device.written()
  expect(device.texts).toEqual(['kept'])
  expect(device.log.length).toBe(2)
})

test('entries whose index rows could not be committed are shown to nobody, and not appended twice', async () => {
  const keys = testRoom()
  const [alice, bob] = [await openDevice(keys), await openDevice(keys, { name: 'Bob' })]
  await alice.written()
  await connect(alice, bob)
  await eventually(() => bob.replica.log(alice.log.key)?.length === 1)
  const append = vi.spyOn(alice.log, 'append')
  const failed = Promise.withResolvers<void>()
  vi.spyOn(alice.store.outbox, 'setHighWater').mockImplementationOnce(() => {
    failed.resolve()
    throw full()
  })
  await alice.say('one', 'two')
  await failed.promise
  expect(alice.log.length).toBe(1)
  expect(alice.texts).toEqual([])
  await alice.say('three')
  await alice.written()
  expect(alice.texts).toEqual(['one', 'two', 'three'])
  expect(append.mock.calls.flatMap(([blocks]) => blocks).length).toBe(3)
  expect(alice.ownLogs.length).toBe(1)
  await bob.until('one', 'two', 'three')
})

test('an append that failed is tried again a second later', async () => {
  const device = await openDevice(testRoom())
  await device.written()
  const failed = Promise.withResolvers<void>()
  vi.spyOn(device.log, 'append').mockImplementationOnce(() => {
    failed.resolve()
    return Promise.reject(full())
  })
  await device.say('stays saved')
  await failed.promise
  await vi.waitUntil(() => device.clock.pending > 0)
  device.clock.advance(1000)
  await device.written()
  expect(device.texts).toEqual(['stays saved'])
})

test('a new log that could not be begun is begun later, and what was saved meanwhile moves into it', async () => {
  const first = await openDevice(testRoom())
  await first.say('one')
  await first.written()
  first.store.outbox.setHighWater(first.log.key, 2, Buffer.alloc(32))
  await first.close()
  const begin = vi.spyOn(OutboxTable.prototype, 'addOwnLog').mockImplementationOnce(() => {
    throw full()
  })
  onTestFinished(() => begin.mockRestore())
  await expect(reopen(first)).rejects.toMatchObject({ code: 'STORAGE_FULL' })
  const again = await openDevice(first.keys, { folder: first.folder })
  await again.say('two')
  await again.written()
  expect(again.texts).toEqual(['one', 'two'])
})
