import { expect, test } from 'vitest'
import { testRoom } from '../../helpers/replicas.js'
import { Folder, Person } from '../../helpers/written-logs.js'

const keys = testRoom()

test('of one identity the eight logs with the newest hellos are shown, in whatever order they came', async () => {
  const alice = new Person('Alice')
  const logs = Array.from({ length: 11 }, (_, i) => alice.log(keys, i + 1).text(`from ${i + 1}`, { lamport: 50 + i }))
  const expected = Array.from({ length: 8 }, (_, i) => `from ${i + 4}`)
  for (const order of [logs, logs.toReversed()]) {
    const folder = await new Folder(keys).fold(...order)
    expect(folder.texts).toEqual(expected)
    expect(folder.store.logs.members(folder.index.room)).toBe(1)
    expect(folder.store.logs.devices(folder.index.room)).toBe(8)
  }
})

test('among hellos of one time the lowest log keys are shown', async () => {
  const alice = new Person('Alice')
  const logs = Array.from({ length: 10 }, () => alice.log(keys).text('hi'))
  const folder = await new Folder(keys).fold(...logs)
  const lowest = logs
    .map(({ key }) => key)
    .sort(Buffer.compare)
    .slice(0, 8)
  const shown = folder.store.logs.ofRoom(folder.index.room).filter((log) => log.shown)
  expect(shown.map(({ logKey }) => logKey).sort(Buffer.compare)).toEqual(lowest)
})

test('retired logs are shown beside the eight and make nobody a member', async () => {
  const alice = new Person('Alice')
  const logs = Array.from({ length: 9 }, (_, i) => alice.log(keys, i + 1).text(`from ${i + 1}`))
  const folder = await new Folder(keys).fold(...logs)
  const { store, index } = folder
  expect(folder.texts.length).toBe(8)
  for (const log of logs) {
    store.logs.setRetired(store.logs.ensure(index.room, log.key).log)
    store.logs.updateShown(index.room, alice.identity.publicKey)
  }
  expect(folder.texts.length).toBe(9)
  expect(store.logs.members(index.room)).toBe(0)
})

test('a room of 256 logs is folded, and every author is a member', async () => {
  const people = Array.from({ length: 256 }, (_, i) => new Person(`Person ${i}`))
  const folder = await new Folder(keys).fold(...people.map((person) => person.log(keys).text(person.name)))
  expect(folder.texts.length).toBe(256)
  expect(folder.store.logs.members(folder.index.room)).toBe(256)
})
