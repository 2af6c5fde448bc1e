import { expect, test } from 'vitest'
import { randomBytes, signKeyPair } from '../../../src-main/protocol/crypto.js'
import { addLog, addMessage, addRoom, openStore } from '../../helpers/store.js'

function countRows(store: ReturnType<typeof openStore>): Record<string, number> {
  const tables = store.db.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").all()
  const counts = tables
    .filter(({ name }) => !name.startsWith('sqlite_'))
    .map(({ name }) => [name, store.db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${name}`).get()?.n ?? 0])
  return Object.fromEntries(counts.filter(([, rows]) => rows !== 0))
}

test('removing a room leaves no row of it behind, and none of another room is touched', () => {
  const store = openStore()
  const kept = addRoom(store)
  addMessage(store, addLog(store, kept.room))
  const before = countRows(store)

  const gone = addRoom(store)
  const log = addLog(store, gone.room)
  const unfolded = randomBytes(32)
  addMessage(store, log)
  for (const logKey of [log.logKey, unfolded]) {
    store.rooms.save(gone.roomId, logKey, 'log', randomBytes(8))
    store.acks.raise(logKey, randomBytes(32), 3)
    store.rooms.readMark(logKey, 2)
  }
  store.outbox.addOwnLog(gone.room, log.logKey, signKeyPair())
  store.outbox.add(gone.room, {
    clientId: randomBytes(16),
    logKey: log.logKey,
    sequence: 1,
    block: randomBytes(8),
    entry: randomBytes(8)
  })
  store.messages.setField(gone.room, 'name', Buffer.alloc(0), 'Gone', { lamport: 1, logKey: log.logKey, sequence: 1 })
  store.acks.raisePosition(gone.room, log.logKey, randomBytes(32), 1)
  store.logs.addViolation(gone.room, log.logKey, 5)
  store.settings.addRootPeerRoom(randomBytes(32), gone.room)

  store.rooms.remove(gone.room)
  expect(countRows(store)).toEqual(before)
})

test('a roster record replaces the one of its log and kind, and rosters of rooms are apart', () => {
  const store = openStore()
  const [a, b] = [addRoom(store), addRoom(store)]
  const logKey = randomBytes(32)
  store.rooms.save(a.roomId, logKey, 'log', Buffer.from('first'))
  store.rooms.save(a.roomId, logKey, 'log', Buffer.from('second'))
  store.rooms.save(a.roomId, logKey, 'retired', Buffer.from('retired'))
  expect(store.rooms.load(a.roomId).map(String).sort()).toEqual(['retired', 'second'])
  expect(store.rooms.load(b.roomId)).toEqual([])
})

test('a room comes back as it was saved', () => {
  const store = openStore()
  const room = {
    roomId: randomBytes(32),
    secret: randomBytes(32),
    creator: randomBytes(32),
    inviteName: 'Garden',
    inviteRootPeers: [randomBytes(32), randomBytes(32)],
    inviter: randomBytes(32),
    joinedAt: 12
  }
  const row = store.rooms.add(room)
  expect(row).toMatchObject({ ...room, leaving: false })
  store.rooms.setLeaving(row.room, true)
  expect(store.rooms.find(room.roomId)).toEqual({ ...row, leaving: true })
  expect(store.rooms.all()).toEqual([{ ...row, leaving: true }])
})
