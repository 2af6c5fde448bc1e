/** Writes what one verified entry says into the store. Runs inside the fold's transaction; never throws on content. */
import type { Entry, Hello, RoomChange } from '../protocol/entry.js'
import { verifyHello } from '../protocol/identity.js'
import { messageId } from '../protocol/ids.js'
import type { LogRow } from '../store/logs-table.js'
import type { Position } from '../store/messages-table.js'
import type { Store } from '../store/store.js'
import { logByPrefix } from './lamport.js'
import type { RoomIndex } from './room-index.js'

const NO_KEY = Buffer.alloc(0)

export interface Change {
  messages: number
  room: boolean
  positions: boolean
}

/** Folds `entry` at `sequence` of the log whose row is `log`; returns the row as it now is. */
export function foldEntry(
  store: Store,
  index: RoomIndex,
  log: LogRow,
  sequence: number,
  entry: Entry,
  change: Change
): LogRow {
  const at = { lamport: entry.lamport, logKey: log.logKey, sequence }
  if (sequence === 0) return foldHello(store, index, log, entry, at, change)
  if (!log.identity) return log
  foldHeads(store, index, log, entry, change)
  foldBody(store, index, log, entry, at, change)
  return log
}

function foldHello(store: Store, index: RoomIndex, log: LogRow, entry: Entry, at: Position, change: Change): LogRow {
  const hello = entry.body
  if (hello.type !== 'hello' || !verifyHello(hello, index.keys.roomId, log.logKey)) return log
  store.logs.setAuthor(log.log, Buffer.from(hello.identityKey), Buffer.from(hello.deviceKey), entry.lamport)
  store.logs.updateShown(log.room, hello.identityKey)
  setName(store, log.room, hello.identityKey, hello, at)
  change.room = true
  return { ...log, identity: Buffer.from(hello.identityKey), device: Buffer.from(hello.deviceKey) }
}

function foldBody(store: Store, index: RoomIndex, log: LogRow, entry: Entry, at: Position, change: Change): void {
  const identity = log.identity as Buffer
  switch (entry.body.type) {
    case 'text': {
      const id = messageId(identity, entry.clientId)
      const { room, log: number } = log
      store.messages.add({ ...at, room, log: number, messageId: id, identity, time: entry.time, text: entry.body.text })
      if (!identity.equals(index.me)) change.messages++
      return
    }
    case 'room':
      foldRoom(store, log.room, entry.body, at)
      change.room = true
      return
    case 'profile':
      setName(store, log.room, identity, entry.body, at)
      change.room = true
      return
    default: // receipts speak by their heads; what later versions write is kept in the log
  }
}

/** What another identity's entry says that it has of this device's logs. */
function foldHeads(store: Store, index: RoomIndex, log: LogRow, entry: Entry, change: Change): void {
  const identity = log.identity as Buffer
  if (identity.equals(index.me)) return
  for (const head of entry.heads) {
    const named = logByPrefix(index, head.log)
    if (!named || !store.logs.find(named.key)?.identity?.equals(index.me)) continue
    const length = Math.min(head.length, named.length)
    if (store.acks.raisePosition(log.room, named.key, identity, length)) change.positions = true
  }
}

function foldRoom(store: Store, room: number, body: RoomChange, at: Position): void {
  if (body.name !== undefined) store.messages.setField(room, 'name', NO_KEY, body.name, at)
  if (body.topic !== undefined) store.messages.setField(room, 'topic', NO_KEY, body.topic, at)
  if (body.pin) store.messages.setField(room, 'pin', body.pin, 'pinned', at)
  if (body.unpin) store.messages.setField(room, 'pin', body.unpin, 'unpinned', at)
}

function setName(store: Store, room: number, identity: Buffer, profile: Pick<Hello, 'name'>, at: Position): void {
  if (profile.name) store.messages.setField(room, 'member', Buffer.from(identity), profile.name, at)
}
