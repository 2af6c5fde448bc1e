import { expect, test } from 'vitest'
import type { NewMessage } from '../../../src-main/store/messages-table.js'
import type { Store } from '../../../src-main/store/store.js'
import { addLog, addMessage, addRoom, openStore } from '../../helpers/store.js'

const ME = Buffer.alloc(32, 1)

/** As `messages.read` does. */
function readUpTo(store: Store, message: NewMessage): void {
  for (const { logKey, length } of store.messages.lengthsUpTo(message.room, message))
    store.rooms.readMark(logKey, length)
}

function unread(store: Store, room: number): number {
  return store.messages.unread(room, ME)
}

test('other people’s messages are unread, own ones are not', () => {
  const store = openStore()
  const { room } = addRoom(store)
  addMessage(store, addLog(store, room))
  addMessage(store, addLog(store, room, ME))
  expect(unread(store, room)).toBe(1)
})

test('reading a message reads all before it, of every log, and nothing behind it', () => {
  const store = openStore()
  const { room } = addRoom(store)
  const [bob, carol] = [addLog(store, room), addLog(store, room)]
  for (const lamport of [1, 3, 5]) addMessage(store, bob, { sequence: lamport, lamport })
  const middle = addMessage(store, carol, { sequence: 1, lamport: 4 })
  addMessage(store, carol, { sequence: 2, lamport: 6 })
  expect(unread(store, room)).toBe(5)
  readUpTo(store, middle)
  expect(unread(store, room)).toBe(2)
})

test('what arrives late is unread, though it stands before what was read', () => {
  const store = openStore()
  const { room } = addRoom(store)
  const [bob, carol] = [addLog(store, room), addLog(store, room)]
  readUpTo(store, addMessage(store, bob, { sequence: 1, lamport: 9 }))
  expect(unread(store, room)).toBe(0)
  addMessage(store, carol, { sequence: 1, lamport: 2 })
  expect(unread(store, room)).toBe(1)
})

test('a read mark only rises', () => {
  const store = openStore()
  const { room } = addRoom(store)
  const bob = addLog(store, room)
  const first = addMessage(store, bob, { sequence: 1, lamport: 1 })
  const second = addMessage(store, bob, { sequence: 2, lamport: 2 })
  readUpTo(store, second)
  readUpTo(store, first)
  expect(unread(store, room)).toBe(0)
})

test('a message that was read stays read when it is written again into a new log', () => {
  for (const newKey of [1, 9]) {
    const store = openStore()
    const { room } = addRoom(store)
    const bob = addLog(store, room, undefined, Buffer.alloc(32, 5))
    const message = addMessage(store, bob, { sequence: 3, lamport: 4 })
    readUpTo(store, message)
    const again = addLog(store, room, bob.identity, Buffer.alloc(32, newKey))
    addMessage(store, again, { messageId: message.messageId, sequence: 1, lamport: 4 })
    expect(unread(store, room)).toBe(0)
  }
})

test('marks outlive the index they were set on', () => {
  const store = openStore()
  const { room } = addRoom(store)
  const bob = addLog(store, room)
  const message = addMessage(store, bob)
  readUpTo(store, message)
  store.logs.resetRoom(room)
  store.logs.setAuthor(bob.log, bob.identity, bob.identity, 1)
  store.logs.updateShown(room, bob.identity)
  store.messages.add(message)
  expect(unread(store, room)).toBe(0)
})
