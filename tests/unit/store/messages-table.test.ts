import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparePositions, type MessageRow } from '../../../src-main/store/messages-table.js'
import type { Store } from '../../../src-main/store/store.js'
import { addLog, addMessage, addRoom, openStore } from '../../helpers/store.js'

function readAll(store: Store, room: number, limit: number): MessageRow[] {
  const all: MessageRow[] = []
  for (;;) {
    const page = store.messages.page(room, all.at(-1) ?? null, limit)
    all.push(...page)
    if (page.length < limit) return all
  }
}

test('messages are ordered by Lamport time, then log key, then sequence, whatever order they came in', () => {
  const store = openStore()
  const { room } = addRoom(store)
  const logs = [1, 2, 3].map((first) => addLog(store, room, undefined, Buffer.alloc(32, first)))
  const place = fc.record({ log: fc.nat(2), sequence: fc.integer({ min: 1, max: 9 }), lamport: fc.nat(4) })
  const places = fc.uniqueArray(place, { selector: ({ log, sequence }) => `${log}/${sequence}`, maxLength: 20 })
  fc.assert(
    fc.property(places, fc.integer({ min: 1, max: 7 }), (all, limit) => {
      store.logs.resetRoom(room)
      for (const { log, identity } of logs) {
        store.logs.setAuthor(log, identity, identity, 1)
        store.logs.updateShown(room, identity)
      }
      for (const { log, ...at } of all) addMessage(store, logs[log] as (typeof logs)[0], at)
      const read = readAll(store, room, limit)
      expect(read.length).toBe(all.length)
      expect(read).toEqual(read.toSorted((a, b) => comparePositions(b, a)))
    })
  )
})

test('a page ends at its limit, and the next begins right behind it among equal Lamport times', () => {
  const store = openStore()
  const { room } = addRoom(store)
  const [low, high] = [
    addLog(store, room, undefined, Buffer.alloc(32, 1)),
    addLog(store, room, undefined, Buffer.alloc(32, 2))
  ]
  for (const sequence of [1, 2]) {
    addMessage(store, low, { sequence, lamport: 5, text: `low ${sequence}` })
    addMessage(store, high, { sequence, lamport: 5, text: `high ${sequence}` })
  }
  const first = store.messages.page(room, null, 2)
  expect(first.map(({ text }) => text)).toEqual(['high 2', 'high 1'])
  const second = store.messages.page(room, first[1] as MessageRow, 2)
  expect(second.map(({ text }) => text)).toEqual(['low 2', 'low 1'])
  expect(store.messages.page(room, second[1] as MessageRow, 2)).toEqual([])
})

test('messages of another room and of logs that are not shown stay out of a page', () => {
  const store = openStore()
  const [here, there] = [addRoom(store).room, addRoom(store).room]
  addMessage(store, addLog(store, here), { text: 'here' })
  addMessage(store, addLog(store, there), { text: 'there' })
  const unknown = store.logs.ensure(here, Buffer.alloc(32, 9))
  addMessage(store, { ...addLog(store, there), room: here, log: unknown.log }, { text: 'hidden' })
  expect(store.messages.page(here, null, 10).map(({ text }) => text)).toEqual(['here'])
})

test('of two places of one message the lower counts, whichever came first, and the other is kept as a copy', () => {
  const messageId = Buffer.alloc(16, 7)
  for (const order of [
    [0, 1],
    [1, 0]
  ]) {
    const store = openStore()
    const { room } = addRoom(store)
    const me = Buffer.alloc(32, 5)
    const logs = [addLog(store, room, me, Buffer.alloc(32, 1)), addLog(store, room, me, Buffer.alloc(32, 2))]
    for (const i of order) {
      addMessage(store, logs[i] as (typeof logs)[0], { messageId, lamport: 3, sequence: i + 1, text: 'once' })
    }
    expect(store.messages.page(room, null, 10)).toMatchObject([{ logKey: Buffer.alloc(32, 1), sequence: 1 }])
    expect(store.messages.copies(room, messageId)).toEqual([{ logKey: Buffer.alloc(32, 2), sequence: 2 }])
  }
})

test('a message that is folded twice at one place has no copy', () => {
  const store = openStore()
  const { room } = addRoom(store)
  const message = addMessage(store, addLog(store, room))
  store.messages.add(message)
  expect(store.messages.copies(room, message.messageId)).toEqual([])
})

test('of a field the latest writer wins by position, each field and key on its own', () => {
  const write = fc.record({
    field: fc.constantFrom('name', 'pin'),
    key: fc.constantFrom(Buffer.alloc(0), Buffer.alloc(32, 1)),
    lamport: fc.nat(5),
    log: fc.nat(2),
    sequence: fc.nat(5)
  })
  const store = openStore()
  const { room } = addRoom(store)
  fc.assert(
    fc.property(fc.array(write, { minLength: 1, maxLength: 12 }), (writes) => {
      store.logs.resetRoom(room)
      const places = writes.map(({ log, ...rest }) => ({ ...rest, logKey: Buffer.alloc(32, log) }))
      for (const at of places) store.messages.setField(room, at.field, at.key, valueAt(at), at)
      for (const { field, key } of places) {
        const same = places.filter((other) => other.field === field && other.key.equals(key))
        const latest = same.toSorted(comparePositions).at(-1) as (typeof same)[0]
        expect(store.messages.field(room, field, key)).toBe(valueAt(latest))
      }
    })
  )
})

function valueAt({ lamport, logKey, sequence }: { lamport: number; logKey: Buffer; sequence: number }): string {
  return `${lamport}.${logKey[0]}.${sequence}`
}

test('a view hash tells texts, authors, order and fields apart', () => {
  const store = openStore()
  const { room } = addRoom(store)
  const log = addLog(store, room)
  const hashes = new Set<string>()
  const note = () => hashes.add(store.messages.viewHash(room).toString('hex'))
  note()
  addMessage(store, log, { sequence: 1, lamport: 1, text: 'one' })
  note()
  addMessage(store, log, { sequence: 2, lamport: 2, text: 'two' })
  note()
  store.messages.setField(room, 'name', Buffer.alloc(0), 'Garden', { lamport: 3, logKey: log.logKey, sequence: 3 })
  note()
  expect(hashes.size).toBe(4)
})
