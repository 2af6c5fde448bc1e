import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomBytes } from '../../../src-main/protocol/crypto.js'
import { decodeKey, encodeKey } from '../../../src-main/protocol/ids.js'
import { decodeInvite } from '../../../src-main/protocol/invite.js'
import { type LocalDht, localDht } from '../../helpers/local-dht.js'
import { member, rootPeer, type TestNode } from '../../helpers/nodes.js'

let dht: LocalDht

beforeAll(async () => {
  dht = await localDht(afterAll)
})

const someKey = () => encodeKey(randomBytes(32))

async function rootPeersIn(node: TestNode, roomId: string): Promise<string[]> {
  const { link } = await node.call('rooms.invite', { roomId })
  return decodeInvite(link).rootPeers.map((key) => encodeKey(key))
}

const keysOf = async (node: TestNode) => (await node.call('rootPeers.list', {})).rootPeers.map(({ key }) => key)

test('a root peer for all my rooms is in those there are and in those made later, also if nobody can reach it', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId: before } = await alice.call('rooms.create', { name: 'Before' })
  const key = someKey()
  expect(await alice.call('rootPeers.add', { key })).toBeNull()
  const { roomId: after } = await alice.call('rooms.create', { name: 'After' })
  for (const roomId of [before, after]) {
    expect(await rootPeersIn(alice, roomId)).toEqual([key])
    expect((await alice.room(roomId))?.rootPeers).toMatchObject([{ key, holdsAll: false }])
  }
  await alice.until(async () => (await alice.call('rootPeers.list', {})).rootPeers[0]?.rooms === 2)
})

test('a root peer for one room is in that room alone', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId: one } = await alice.call('rooms.create', { name: 'One' })
  const { roomId: other } = await alice.call('rooms.create', { name: 'Other' })
  const key = someKey()
  await alice.call('rootPeers.add', { key, roomId: one })
  expect(await rootPeersIn(alice, one)).toEqual([key])
  expect(await rootPeersIn(alice, other)).toEqual([])
  const { roomId: later } = await alice.call('rooms.create', { name: 'Later' })
  expect(await rootPeersIn(alice, later)).toEqual([])
  expect((await alice.call('rootPeers.list', {})).rootPeers).toMatchObject([{ key, rooms: 1 }])
})

test('one room first and all rooms then: it stays with all', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId } = await alice.call('rooms.create', { name: 'One' })
  const key = someKey()
  await alice.call('rootPeers.add', { key, roomId })
  await alice.call('rootPeers.add', { key })
  await alice.call('rootPeers.add', { key, roomId })
  const { roomId: later } = await alice.call('rooms.create', { name: 'Later' })
  expect(await rootPeersIn(alice, later)).toEqual([key])
  expect(await keysOf(alice)).toEqual([key])
})

test('an account without a room can add root peers, and lists them', async () => {
  const alice = await member(dht, 'Alice')
  const key = someKey()
  await alice.call('rootPeers.add', { key })
  expect((await alice.call('rootPeers.list', {})).rootPeers).toMatchObject([{ key, rooms: 0 }])
})

test('an invite names at most two root peers beside its maker', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  for (let i = 0; i < 4; i++) await alice.call('rootPeers.add', { key: someKey() })
  expect((await rootPeersIn(alice, roomId)).length).toBe(2)
  expect((await alice.room(roomId))?.rootPeers.length).toBe(4)
})

test('who joins has the invite’s root peers before any entry arrived, and after a restart', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  const key = someKey()
  await alice.call('rootPeers.add', { key })
  const { link } = await alice.call('rooms.invite', { roomId })
  await alice.close()
  const bob = await member(dht, 'Bob')
  await bob.call('rooms.join', { link })
  expect((await bob.room(roomId))?.rootPeers).toMatchObject([{ key }])
  await bob.close()
  const again = await member(dht, null, { storage: bob.storage })
  expect((await again.room(roomId))?.rootPeers).toMatchObject([{ key }])
  expect(await rootPeersIn(again, roomId)).toEqual([key])
})

test('root peers that were added are in invites at once after a restart, before anybody was heard', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  await alice.close()
  const again = await member(dht, null, { storage: alice.storage })
  const key = someKey()
  await again.call('rootPeers.add', { key })
  expect(await rootPeersIn(again, roomId)).toEqual([key])
})

test('adding one twice pins it once', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  const key = someKey()
  for (let i = 0; i < 3; i++) await alice.call('rootPeers.add', { key })
  expect((await alice.room(roomId))?.rootPeers.length).toBe(1)
  expect(await keysOf(alice)).toEqual([key])
})

test('a root peer that another member pins reaches everyone in the room', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  const { link } = await alice.call('rooms.invite', { roomId })
  const bob = await member(dht, 'Bob')
  await bob.call('rooms.join', { link })
  const root = await rootPeer(dht)
  await bob.call('rootPeers.add', { key: root.key })
  await alice.until(async () => (await alice.room(roomId))?.rootPeers[0]?.key === root.key, 'the pin')
  await alice.until(async () => (await alice.room(roomId))?.rootPeers[0]?.holdsAll === true, 'everything held')
  expect(await keysOf(alice)).toEqual([root.key])
  expect((await alice.call('network.status', {})).rootPeers).toBe(1)
  expect(decodeKey(root.key)).toEqual(root.node.publicKey)
})
