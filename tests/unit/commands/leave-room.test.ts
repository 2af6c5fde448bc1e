import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LocalDht, localDht } from '../../helpers/local-dht.js'
import { member, rootPeer, type TestNode } from '../../helpers/nodes.js'
import { openStore } from '../../helpers/store.js'

let dht: LocalDht

beforeAll(async () => {
  dht = await localDht(afterAll)
})

async function pair() {
  const alice = await member(dht, 'Alice')
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  const { link } = await alice.call('rooms.invite', { roomId })
  const bob = await member(dht, 'Bob')
  await bob.call('rooms.join', { link })
  await members(alice, roomId, 2)
  await members(bob, roomId, 2)
  return { alice, bob, roomId, link }
}

const members = (node: TestNode, roomId: string, count: number) =>
  node.until(async () => (await node.room(roomId))?.members === count, `${count} members`)

const roomsOf = async (node: TestNode) => (await node.call('rooms.list', {})).rooms.length

test('a room is hidden the moment it is left, and answers as if it were not there', async () => {
  const { bob, roomId } = await pair()
  expect(await bob.call('rooms.leave', { roomId })).toBeNull()
  expect(await roomsOf(bob)).toBe(0)
  expect(await bob.codeOf('messages.page', { roomId, limit: 1 })).toBe('NOT_FOUND')
  expect(await bob.codeOf('rooms.leave', { roomId })).toBe('NOT_FOUND')
})

test('who leaves with somebody there is no member any more, and what was said stays', async () => {
  const { alice, bob, roomId } = await pair()
  await bob.call('messages.send', { roomId, text: 'goodbye' })
  await bob.call('rooms.leave', { roomId })
  await members(alice, roomId, 1)
  expect(await alice.texts(roomId)).toEqual(['goodbye'])
})

test('who left and joins again begins a new log, and reads what was said before', async () => {
  const { alice, bob, roomId, link } = await pair()
  await bob.call('messages.send', { roomId, text: 'before' })
  await bob.call('rooms.leave', { roomId })
  await members(alice, roomId, 1)
  await bob.call('rooms.join', { link })
  await members(alice, roomId, 2)
  await bob.until(async () => (await bob.texts(roomId)).includes('before'), 'the old message')
  await bob.call('messages.send', { roomId, text: 'after' })
  await alice.until(async () => (await alice.texts(roomId)).length === 2, 'the new message')
  expect(await alice.texts(roomId)).toEqual(['before', 'after'])
})

test('a room with nobody else in it is gone at once, and its invite leads to an empty one', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  const { link } = await alice.call('rooms.invite', { roomId })
  await alice.call('messages.send', { roomId, text: 'to myself' })
  await alice.call('rooms.leave', { roomId })
  await alice.call('rooms.join', { link })
  expect(await alice.texts(roomId)).toEqual([])
  await alice.call('messages.send', { roomId, text: 'anew' })
  expect(await alice.texts(roomId)).toEqual(['anew'])
  await alice.close()
  const again = await member(dht, null, { storage: alice.storage })
  expect(await again.texts(roomId)).toEqual(['anew'])
})

test('leaving and joining at once, again and again, ends with the room joined', async () => {
  const { alice, bob, roomId, link } = await pair()
  for (let i = 0; i < 3; i++) {
    await bob.call('rooms.leave', { roomId })
    await Promise.all([bob.call('rooms.join', { link }), bob.call('rooms.join', { link })])
  }
  await bob.call('messages.send', { roomId, text: 'still here' })
  await alice.until(async () => (await alice.texts(roomId)).includes('still here'))
  expect(await roomsOf(bob)).toBe(1)
})

test('what was written is delivered before the room goes, also across a restart', async () => {
  const { alice, bob, roomId } = await pair()
  const root = await rootPeer(dht)
  await alice.call('rootPeers.add', { key: root.key })
  await bob.until(async () => (await bob.room(roomId))?.rootPeers[0]?.holdsAll === true, 'the root peer')
  await Promise.all([alice.close(), root.close()])
  await bob.call('messages.send', { roomId, text: 'last words' })
  await bob.call('rooms.leave', { roomId })
  await bob.close()
  const again = await member(dht, null, { storage: bob.storage })
  expect(await roomsOf(again)).toBe(0)
  await rootPeer(dht, { storage: root.storage })
  const back = await member(dht, null, { storage: alice.storage })
  await back.until(async () => (await back.texts(roomId)).includes('last words'), 'the last words')
  await members(back, roomId, 1)
})

test('what a room left behind is gone from the profile', async () => {
  const { alice, bob, roomId } = await pair()
  await bob.call('messages.send', { roomId, text: 'goodbye' })
  await bob.call('rooms.leave', { roomId })
  await members(alice, roomId, 1)
  await bob.close()
  const key = readFileSync(join(bob.storage, 'database.key'))
  const store = openStore({ file: join(bob.storage, 'mangrove.db'), key })
  expect(store.rooms.all()).toEqual([])
  for (const table of ['roster', 'own_logs', 'outbox', 'messages', 'logs', 'acks', 'read_marks']) {
    expect([table, store.db.prepare(`SELECT count(*) AS n FROM ${table}`).get()]).toEqual([table, { n: 0 }])
  }
})

test('what was written in a room that was joined and left before anybody was met still arrives', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  const { link } = await alice.call('rooms.invite', { roomId })
  await alice.close()
  const bob = await member(dht, 'Bob')
  await bob.call('rooms.join', { link })
  await bob.call('messages.send', { roomId, text: 'I was here' })
  await bob.call('rooms.leave', { roomId })
  const again = await member(dht, null, { storage: alice.storage })
  await again.until(async () => (await again.texts(roomId)).join() === 'I was here', 'the text')
})
