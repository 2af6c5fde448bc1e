import { expect, test } from 'vitest'
import type { Store } from '../../../src-main/store/store.js'
import { addRoom, openStore } from '../../helpers/store.js'

/** From now on the database may not grow, as on a full disk; returns what gives the room back. */
function fillDisk(store: Store): () => void {
  const pages = store.db.prepare<[], { page_count: number }>('PRAGMA page_count').get()?.page_count ?? 0
  store.db.prepare(`PRAGMA max_page_count = ${pages}`).get()
  return () => void store.db.prepare('PRAGMA max_page_count = 1000000').get()
}

function row(sequence: number, bytes = 60_000) {
  const logKey = Buffer.alloc(32, 1)
  return { clientId: Buffer.alloc(16, sequence), logKey, sequence, block: Buffer.alloc(bytes), entry: Buffer.alloc(16) }
}

test('on a full disk nothing is half saved, and the next attempt works once there is room', () => {
  const store = openStore()
  const { room } = addRoom(store)
  store.db.durable(() => store.outbox.add(room, row(0)))
  const makeRoom = fillDisk(store)
  const saveTwo = () =>
    store.db.durable(() => {
      store.outbox.add(room, row(1, 16))
      store.outbox.add(room, row(2, 500_000))
    })
  expect(saveTwo).toThrow(expect.objectContaining({ code: 'STORAGE_FULL' }))
  expect(store.outbox.rows(room).map(({ sequence }) => sequence)).toEqual([0])
  makeRoom()
  saveTwo()
  expect(store.outbox.rows(room).map(({ sequence }) => sequence)).toEqual([0, 1, 2])
})

test('a full disk is the same error in a transaction that is not synced', () => {
  const store = openStore()
  const { room } = addRoom(store)
  fillDisk(store)
  const save = () => store.db.transaction(() => store.outbox.add(room, row(0, 500_000)))
  expect(save).toThrow(expect.objectContaining({ code: 'STORAGE_FULL' }))
})
