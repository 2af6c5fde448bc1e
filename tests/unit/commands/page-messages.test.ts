import { expect, test } from 'vitest'
import type { CommandContext, OpenRoom } from '../../../src-main/commands/context.js'
import { type Page, readPage } from '../../../src-main/commands/page-messages.js'
import { connect, connectWriter, type Device, openDevice, reopen } from '../../helpers/devices.js'
import { testRoom } from '../../helpers/replicas.js'
import { Person } from '../../helpers/written-logs.js'

/** What `messages.page` sees of a device. */
function pageOf(device: Device, before: string | undefined, limit: number): Page {
  const { store, clock, keys, account } = device
  const row = store.rooms.find(keys.roomId)
  const context = { store, clock, account: () => account } as unknown as CommandContext
  return readPage(context, { row, keys, pinned: [] } as unknown as OpenRoom, before, limit)
}

const textsOf = ({ messages }: Page) => messages.map(({ text }) => text)

/** All pages, newest first; `between` runs before the page of that number is read. */
async function readAll(device: Device, limit: number, between: Record<number, () => Promise<unknown>> = {}) {
  const texts: string[] = []
  let next: string | undefined
  for (let number = 0; number === 0 || next; number++) {
    await between[number]?.()
    const page = pageOf(device, next, limit)
    expect(page.messages.length).toBeLessThanOrEqual(limit)
    texts.push(...textsOf(page))
    next = page.next
  }
  return texts
}

/** Three messages in the log and four that wait for a replica. */
async function halfWaiting(): Promise<Device> {
  const first = await openDevice(testRoom())
  await first.say('1', '2', '3')
  const device = await reopen(await first.written())
  await device.say('4', '5')
  await device.say('6', '7')
  return device
}

const ALL = ['7', '6', '5', '4', '3', '2', '1']

test('what waits comes before what is in a log, on pages of every size', async () => {
  const device = await halfWaiting()
  for (let limit = 1; limit <= 8; limit++) expect(await readAll(device, limit)).toEqual(ALL)
  expect(pageOf(device, undefined, 7).next).toBeUndefined()
})

for (const limit of [2, 3, 5]) {
  test(`rows that are appended between pages of ${limit} are neither left out nor read twice`, async () => {
    for (let at = 1; at < 7 / limit; at++) {
      const device = await halfWaiting()
      const append = async () => {
        await connect(device, await openDevice(device.keys, { name: 'Bob' }))
        await device.written()
      }
      expect(await readAll(device, limit, { [at]: append })).toEqual(ALL)
    }
  })
}

test('rows that move to a new log between pages are not read twice', async () => {
  const device = await halfWaiting()
  const move = async () => {
    const head = device.log.head()
    if (head) device.replica.emit('head', { log: device.log, head, contradicts: true })
    await device.written()
  }
  expect(await readAll(device, 2, { 1: move })).toEqual(ALL)
  expect(device.ownLogs.length).toBe(2)
})

test('other people’s messages above those that wait are read after them, though these were appended meanwhile', async () => {
  const device = await halfWaiting()
  const log = new Person('Bob').log(device.keys).text('far ahead', { lamport: 1000 })
  const meanwhile = async () => {
    await connectWriter(device, log)
    await device.until('far ahead')
    await device.written()
  }
  const texts = await readAll(device, 2, { 1: meanwhile })
  expect(texts.toSorted()).toEqual([...ALL, 'far ahead'].toSorted())
  expect(texts.slice(0, 3)).toEqual(['7', '6', 'far ahead'])
})

test('messages that are sent while somebody reads do not disturb the pages behind', async () => {
  const device = await halfWaiting()
  expect(await readAll(device, 2, { 1: () => device.say('new'), 2: () => device.say('newer') })).toEqual(ALL)
})

test('a cursor that no page returned is a bad argument', async () => {
  const device = await openDevice(testRoom())
  const rubbish = [
    '',
    'x',
    'o.',
    'o.1',
    'o.1.x',
    'o.-1.2',
    'm.1.1.zz',
    `m.1.1.${'0'.repeat(63)}`,
    `m.1.1.${'0'.repeat(64)}.`
  ]
  for (const before of rubbish) {
    expect(() => pageOf(device, before, 1)).toThrow(expect.objectContaining({ code: 'BAD_ARGUMENT' }))
  }
})

test('a message says who wrote it, when, and for own ones how far it came', async () => {
  const device = await openDevice(testRoom())
  await device.say('mine')
  await device.written()
  await connectWriter(device, new Person('Bob').log(device.keys).text('theirs', { lamport: 9, time: 5 }))
  await device.until('theirs')
  const { messages } = pageOf(device, undefined, 9)
  expect(messages).toMatchObject([
    { text: 'theirs', author: { name: 'Bob' }, sentAt: 5 },
    { text: 'mine', author: { name: 'Alice' }, sentAt: device.clock.now(), state: 'saved' }
  ])
  expect(messages[0]).not.toHaveProperty('state')
})

test('a wall clock far ahead is shown as now and five minutes', async () => {
  const device = await openDevice(testRoom())
  await connectWriter(device, new Person('Bob').log(device.keys).text('from the future', { time: 2 ** 50 }))
  await device.until('from the future')
  expect(pageOf(device, undefined, 1).messages[0]?.sentAt).toBe(device.clock.now() + 5 * 60_000)
})
