import { expect, test } from 'vitest'
import { sealBlock } from '../../../src-main/protocol/block.js'
import { randomBytes } from '../../../src-main/protocol/crypto.js'
import { encodeEntry } from '../../../src-main/protocol/entry.js'
import { testRoom } from '../../helpers/replicas.js'
import { entryOf, Folder, Person, type WrittenLog } from '../../helpers/written-logs.js'

const keys = testRoom()
const alice = new Person('Alice')
const bob = new Person('Bob')

const bad: Record<string, (log: WrittenLog) => Buffer> = {
  'of random bytes': () => randomBytes(256),
  'that is empty': () => Buffer.alloc(0),
  'of a size that no version writes': () => randomBytes(300),
  'sealed with another room’s key': (log) => seal(log, { contentKey: randomBytes(32) }),
  'sealed for another place of the log': (log) => seal(log, { sequence: log.length + 1 }),
  'sealed for another log': (log) => seal(log, { logKey: randomBytes(32) }),
  'sealed for another room': (log) => seal(log, { roomId: randomBytes(32) }),
  'that holds no entry': (log) => seal(log, { entry: randomBytes(40) }),
  'of a later version': (log) => Buffer.concat([Buffer.from([2]), seal(log, {}).subarray(1)])
}

function seal(
  log: WrittenLog,
  other: { contentKey?: Buffer; sequence?: number; logKey?: Buffer; roomId?: Buffer; entry?: Buffer }
): Buffer {
  const { contentKey = keys.contentKey, sequence = log.length, logKey = log.key, roomId = keys.roomId } = other
  const entry = other.entry ?? encodeEntry(entryOf({ type: 'text', text: 'smuggled' }))
  return sealBlock(entry, { roomId, logKey, sequence }, contentKey)
}

for (const [what, block] of Object.entries(bad)) {
  test(`a block ${what} is skipped, and what follows is read`, async () => {
    const log = alice.log(keys)
    log.raw(block(log)).text('and on')
    const folder = await new Folder(keys).fold(log)
    expect(folder.texts).toEqual(['and on'])
    expect(folder.store.logs.find(log.key)?.folded).toBe(3)
  })
}

test('an entry type of a later version is shown by nobody and hinders nothing', async () => {
  const log = alice
    .log(keys)
    .write({ type: 'unknown', number: 77, bytes: randomBytes(20) })
    .text('after it')
  const folder = await new Folder(keys).fold(log)
  expect(folder.texts).toEqual(['after it'])
  expect(folder.index.lamport).toBe(3)
})

test('a message that is written again into a new log is shown once, at its lowest place', async () => {
  const written = encodeEntry(entryOf({ type: 'text', text: 'once' }, { lamport: 2 }))
  const [first, second] = [alice.log(keys).append(written), alice.log(keys, 9).append(written)]
  const folder = await new Folder(keys).fold(second, first)
  expect(folder.texts).toEqual(['once'])
  const [message] = folder.store.messages.page(folder.index.room, null, 1)
  const lower = Buffer.compare(first.key, second.key) < 0 ? first : second
  expect(message?.logKey).toEqual(lower.key)
})

test('the client id of another identity makes another message, not theirs', async () => {
  const clientId = randomBytes(16)
  const theirs = alice.log(keys).text('mine', { clientId, lamport: 5 })
  const taken = bob.log(keys).text('taken over', { clientId, lamport: 2 })
  const folder = await new Folder(keys).fold(theirs, taken)
  expect(folder.texts).toEqual(['taken over', 'mine'])
})

test('the first of two texts under one client id counts in every order', async () => {
  const clientId = randomBytes(16)
  const log = alice.log(keys).text('said', { clientId }).text('never said', { clientId })
  const folder = new Folder(keys)
  for (const length of [2, 3]) {
    folder.receive(log, length)
    await folder.settled()
    expect(folder.texts).toEqual(['said'])
  }
})

test('room name, topic and pins are each the last that was written', async () => {
  const pin = randomBytes(32)
  const first = alice.log(keys).write({ type: 'room', name: 'Garden', pin }, { lamport: 2 })
  first.write({ type: 'room', topic: 'tomatoes' }, { lamport: 6 })
  const second = bob.log(keys).write({ type: 'room', name: 'Orchard', unpin: pin }, { lamport: 4 })
  for (const order of [
    [first, second],
    [second, first]
  ]) {
    const { store, index } = await new Folder(keys).fold(...order)
    const field = (name: string, key: Buffer = Buffer.alloc(0)) => store.messages.field(index.room, name, key)
    expect([field('name'), field('topic'), field('pin', pin)]).toEqual(['Orchard', 'tomatoes', 'unpinned'])
  }
})

test('positions in other people’s heads are what they have of mine, and no more than there is', async () => {
  const mine = alice.log(keys).text('one').text('two')
  const folder = new Folder(keys, alice.identity.publicKey)
  await folder.fold(mine)
  await folder.fold(bob.log(keys, 1, [mine.head(2)]))
  expect(folder.store.acks.received(mine.key)).toBe(2)
  await folder.fold(bob.log(keys, 1, [mine.head(99)]))
  expect(folder.store.acks.received(mine.key)).toBe(3)
})

test('what I have of my own log counts for nobody', async () => {
  const mine = alice.log(keys).text('one')
  const folder = new Folder(keys, alice.identity.publicKey)
  await folder.fold(mine, alice.log(keys, 1, [mine.head()]).text('from my other device', { heads: [mine.head()] }))
  expect(folder.store.acks.received(mine.key)).toBe(0)
})
