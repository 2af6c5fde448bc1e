import { expect, test } from 'vitest'
import { LIMITS } from '../../../src-main/protocol/limits.js'
import { connect, connectWriter, type Device, openDevice, reopen } from '../../helpers/devices.js'
import { eventually } from '../../helpers/eventually.js'
import { testRoom } from '../../helpers/replicas.js'
import { blocksOf, Folder, Person, type WrittenLog } from '../../helpers/written-logs.js'

const STEP = LIMITS.lamportStep
const mallory = new Person('Mallory')

/** Steps as far as the rule lets it with each entry. */
function racing(log: WrittenLog, steps: number): WrittenLog {
  for (let i = 1; i <= steps; i++) log.text(`step ${i}`, { lamport: i * STEP })
  return log
}

/** Every other replica shows what this device wrote. */
async function expectShown(device: Device, others: readonly WrittenLog[], ...texts: string[]): Promise<void> {
  const logs = [...device.replica.logs.values()].filter((log) => others.every(({ key }) => !key.equals(log.key)))
  const folder = await new Folder(device.keys).fold(...others, ...(await Promise.all(logs.map(blocksOf))))
  for (const text of texts) expect(folder.texts).toContain(text)
  expect(folder.texts).toEqual(device.texts)
}

test('what we write keeps to the Lamport rule however far others have stepped', async () => {
  const device = await openDevice(testRoom())
  const log = racing(mallory.log(device.keys), 5)
  await connectWriter(device, log)
  await device.until('step 5')
  await device.say('and I')
  await device.written()
  expect(device.texts.at(-1)).toBe('and I')
  await expectShown(device, [log], 'and I')
})

test('it keeps to it also when the entry that stepped furthest is not the last of its log', async () => {
  const device = await openDevice(testRoom())
  const log = racing(mallory.log(device.keys), 5).text('far below', { lamport: 3 })
  await connectWriter(device, log)
  await device.until('far below')
  await device.say('and I')
  await device.written()
  const entry = (await device.entries()).at(-1)
  expect(entry?.heads.map(({ length }) => length)).toEqual([6, 7])
  await expectShown(device, [log], 'and I')
})

test('it keeps to it also among more grown logs than an entry can name', async () => {
  const device = await openDevice(testRoom())
  const logs = Array.from({ length: 80 }, (_, i) => new Person(`${i}`).log(device.keys).text('a').text('b').text('c'))
  const far = mallory.log(device.keys, STEP).text('far', { lamport: 2 * STEP })
  await connectWriter(device, ...logs, far)
  await eventually(() => device.texts.length === 80 * 3 + 1, 20_000, 'all messages')
  await device.say('and I')
  await device.written()
  const entry = (await device.entries()).at(-1)
  expect(entry?.heads.length).toBe(LIMITS.entryHeads)
  await expectShown(device, [...logs, far], 'and I')
})

test('a new log of ours in a room far ahead is shown by everyone', async () => {
  const first = await openDevice(testRoom())
  const log = racing(mallory.log(first.keys), 5)
  await connectWriter(first, log)
  await first.until('step 5')
  await first.say('from the old log')
  await first.written()
  first.store.outbox.closeAllOwnLogs()
  const second = await reopen(first)
  expect(second.log.key).not.toEqual(first.log.key)
  await second.say('from the new log')
  await second.written()
  await expectShown(second, [log], 'from the old log', 'from the new log')
})

test('a replica with the same logs has the same view', async () => {
  const keys = testRoom()
  const [alice, bob] = [await openDevice(keys), await openDevice(keys, { name: 'Bob' })]
  await connect(alice, bob)
  for (let i = 0; i < 10; i++) await Promise.all([alice.say(`alice ${i}`), bob.say(`bob ${i}`)])
  await eventually(() => alice.texts.length === 20 && bob.texts.length === 20)
  const hashOf = ({ store, index }: Device) => store.messages.viewHash(index.room)
  expect(hashOf(alice)).toEqual(hashOf(bob))
})
