import { expect, test } from 'vitest'
import { connect, openDevice } from '../../helpers/devices.js'
import { testRoom } from '../../helpers/replicas.js'

const LOCAL = ['secrets', 'settings', 'rooms', 'roster', 'own_logs', 'outbox', 'acks', 'read_marks', 'root_peers']
const FOLDED = ['messages', 'copies', 'fields']

test('dropping the index and folding again gives the same rows, and leaves local tables alone', async () => {
  const keys = testRoom()
  const [alice, bob] = [await openDevice(keys), await openDevice(keys, { name: 'Bob' })]
  await alice.delivery.enqueue({ type: 'room', name: 'Garden', pin: bob.noise.publicKey })
  await alice.say('one', 'two')
  await connect(alice, bob)
  await bob.until('one', 'two')
  await bob.say('three')
  await alice.until('three')
  await alice.written()
  alice.store.rooms.readMark(bob.log.key, 2)
  alice.store.settings.addRootPeer(bob.noise.publicKey, true, 5)
  const rows = (tables: string[]) => {
    const of = (table: string) => alice.store.db.prepare<[], object>(`SELECT * FROM ${table}`).all()
    return Object.fromEntries(tables.map((table) => [table, of(table).map((row) => ({ ...row, message: 0 }))]))
  }
  const sorted = (all: ReturnType<typeof rows>) =>
    Object.values(all).map((of) => of.map((row) => JSON.stringify(row)).sort())
  const [local, folded, hash] = [rows(LOCAL), rows(FOLDED), alice.store.messages.viewHash(alice.index.room)]
  await alice.indexer.refold(alice.index)
  expect(rows(LOCAL)).toEqual(local)
  expect(sorted(rows(FOLDED))).toEqual(sorted(folded))
  expect(alice.store.messages.viewHash(alice.index.room)).toEqual(hash)
  expect(alice.store.messages.unread(alice.index.room, alice.account.identityKey)).toBe(0)
})
