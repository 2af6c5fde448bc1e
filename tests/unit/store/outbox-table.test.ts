import { expect, test } from 'vitest'
import { randomBytes, signKeyPair } from '../../../src-main/protocol/crypto.js'
import type { Store } from '../../../src-main/store/store.js'
import { addRoom, openStore } from '../../helpers/store.js'

const LOG = Buffer.alloc(32, 1)

function add(store: Store, room: number, sequence: number, logKey = LOG): void {
  store.outbox.add(room, { clientId: randomBytes(16), logKey, sequence, block: randomBytes(8), entry: randomBytes(8) })
}

function outbox(rows: number) {
  const store = openStore()
  const { room } = addRoom(store)
  for (let sequence = 0; sequence < rows; sequence++) add(store, room, sequence)
  return { store, room }
}

const sequences = (rows: readonly { sequence: number }[]) => rows.map(({ sequence }) => sequence)

test('rows wait in the order of their log until they are marked as appended', () => {
  const { store, room } = outbox(5)
  expect(sequences(store.outbox.waiting(LOG, 2))).toEqual([0, 1])
  store.outbox.markAppended(LOG, 2)
  expect(sequences(store.outbox.waiting(LOG, 10))).toEqual([2, 3, 4])
  expect(sequences(store.outbox.waitingInRoom(room))).toEqual([4, 3, 2])
  expect(store.outbox.count(room)).toBe(5)
  expect(store.outbox.end(LOG)).toBe(5)
})

test('only appended rows are dropped, whatever was acknowledged', () => {
  const { store, room } = outbox(5)
  store.outbox.markAppended(LOG, 3)
  expect(store.outbox.drop(LOG, 5)).toBe(3)
  expect(sequences(store.outbox.rows(room))).toEqual([3, 4])
})

test('two rows cannot have one place in a log', () => {
  const { store, room } = outbox(1)
  expect(() => add(store, room, 0)).toThrow()
  add(store, room, 0, Buffer.alloc(32, 2))
})

test('a moved row waits again at its new place and keeps its client id and its turn', () => {
  const { store, room } = outbox(2)
  store.outbox.markAppended(LOG, 2)
  const [first] = store.outbox.rows(room)
  const other = Buffer.alloc(32, 2)
  store.outbox.move(first?.id as number, other, 1, Buffer.from('sealed anew'))
  const [moved] = store.outbox.rows(room)
  expect(moved).toMatchObject({
    ...first,
    logKey: other,
    sequence: 1,
    block: Buffer.from('sealed anew'),
    appended: false
  })
})

test('an own log keeps its keys and its high-water mark, and closes for good', () => {
  const { store, room } = outbox(0)
  const keyPair = signKeyPair()
  store.outbox.addOwnLog(room, LOG, keyPair)
  expect(store.outbox.ownLogs(room)).toEqual([{ logKey: LOG, keyPair, writable: true, length: 0, treeHash: null }])
  const treeHash = randomBytes(32)
  store.outbox.setHighWater(LOG, 4, treeHash)
  expect(store.outbox.ownLogs(room)).toMatchObject([{ length: 4, treeHash, writable: true }])
  store.outbox.closeAllOwnLogs()
  expect(store.outbox.ownLogs(room)).toMatchObject([{ writable: false }])
})
