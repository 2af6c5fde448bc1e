import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomBytes } from '../../../src-main/protocol/crypto.js'
import { decodeKey } from '../../../src-main/protocol/ids.js'
import { decodeInvite, encodeInvite } from '../../../src-main/protocol/invite.js'
import { type LocalDht, localDht } from '../../helpers/local-dht.js'
import { member, type TestNode } from '../../helpers/nodes.js'

let dht: LocalDht

beforeAll(async () => {
  dht = await localDht(afterAll)
})

async function roomOf(node: TestNode, name = 'Garden') {
  const { roomId } = await node.call('rooms.create', { name })
  const { link } = await node.call('rooms.invite', { roomId })
  return { roomId, link }
}

test('a new room is listed at once, with its name and its creator in it', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId } = await roomOf(alice)
  await alice.until(async () => (await alice.room(roomId))?.members === 1)
  expect(await alice.room(roomId)).toEqual({ roomId, name: 'Garden', unread: 0, members: 1, rootPeers: [] })
})

test('a room joined offline has the name of its invite, and can be written in', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId, link } = await roomOf(alice)
  await alice.close()
  const bob = await member(dht, 'Bob')
  expect(await bob.call('rooms.join', { link })).toEqual({ roomId })
  expect(await bob.room(roomId)).toMatchObject({ name: 'Garden' })
  await bob.call('messages.send', { roomId, text: 'anybody there?' })
  expect(await bob.texts(roomId)).toEqual(['anybody there?'])
})

test('the name that the room’s entries say takes the place of the invite’s', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId, link } = await roomOf(alice)
  const bob = await member(dht, 'Bob')
  const invite = decodeInvite(link)
  await bob.call('rooms.join', { link: encodeInvite({ ...invite, name: 'Something else' }) })
  expect(await bob.room(roomId)).toMatchObject({ name: 'Something else' })
  await bob.until(async () => (await bob.room(roomId))?.name === 'Garden')
})

test('a room whose invite has no name has none until its entry arrives', async () => {
  const bob = await member(dht, 'Bob')
  const inviter = randomBytes(32)
  const link = encodeInvite({ secret: randomBytes(32), creator: randomBytes(32), rootPeers: [], inviter, name: '' })
  const { roomId } = await bob.call('rooms.join', { link })
  expect(await bob.room(roomId)).toMatchObject({ name: '' })
})

test('joining twice is joining once, also at the same time and by one’s own invite', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId, link } = await roomOf(alice)
  await Promise.all([1, 2, 3].map(() => alice.call('rooms.join', { link })))
  expect((await alice.call('rooms.list', {})).rooms.map((room) => room.roomId)).toEqual([roomId])
  const bob = await member(dht, 'Bob')
  const joined = await Promise.all([1, 2, 3].map(() => bob.call('rooms.join', { link })))
  expect(joined).toEqual([{ roomId }, { roomId }, { roomId }])
  expect((await bob.call('rooms.list', {})).rooms.length).toBe(1)
})

test('an invite that was changed to name another creator leads to another room', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId, link } = await roomOf(alice)
  const forged = encodeInvite({ ...decodeInvite(link), creator: randomBytes(32) })
  expect(await alice.call('rooms.join', { link: forged })).not.toEqual({ roomId })
})

test('an invite names its maker, and is the same room for whoever was invited', async () => {
  const alice = await member(dht, 'Alice')
  const { link } = await roomOf(alice)
  expect(decodeInvite(link).inviter).toEqual(decodeKey(alice.key))
  const bob = await member(dht, 'Bob')
  const { roomId } = await bob.call('rooms.join', { link })
  const second = await bob.call('rooms.invite', { roomId })
  expect(decodeInvite(second.link)).toMatchObject({
    secret: decodeInvite(link).secret,
    creator: decodeInvite(link).creator,
    name: 'Garden',
    inviter: decodeKey(bob.key)
  })
})

test('rooms, messages and read marks outlive a restart', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId } = await roomOf(alice)
  await alice.call('messages.send', { roomId, text: 'one' })
  await alice.close()
  const again = await member(dht, null, { storage: alice.storage })
  expect(await again.texts(roomId)).toEqual(['one'])
  expect(await again.room(roomId)).toMatchObject({ name: 'Garden', lastMessage: { text: 'one', state: 'saved' } })
})

test('reading a message takes what is up to it off the unread count', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId, link } = await roomOf(alice)
  const bob = await member(dht, 'Bob')
  await bob.call('rooms.join', { link })
  for (const text of ['one', 'two', 'three']) await alice.call('messages.send', { roomId, text })
  await bob.until(async () => (await bob.room(roomId))?.unread === 3, 'three unread')
  const [first, second, third] = await bob.history(roomId)
  await bob.call('messages.read', { roomId, messageId: second?.id ?? '' })
  expect((await bob.room(roomId))?.unread).toBe(1)
  await bob.call('messages.read', { roomId, messageId: first?.id ?? '' })
  expect((await bob.room(roomId))?.unread).toBe(1)
  await bob.call('messages.read', { roomId, messageId: third?.id ?? '' })
  expect((await bob.room(roomId))?.unread).toBe(0)
})

test('an own message that still waits is read up to as well', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId } = await roomOf(alice)
  await alice.close()
  const again = await member(dht, null, { storage: alice.storage })
  const { messageId } = await again.call('messages.send', { roomId, text: 'waits' })
  expect(await again.codeOf('messages.read', { roomId, messageId })).toBeNull()
})

test('the network has a status from the start', async () => {
  const alice = await member(dht, 'Alice')
  expect(await alice.call('network.status', {})).toMatchObject({ peers: 0, rootPeers: 0 })
  await alice.node.ready()
  await alice.until(async () => (await alice.call('network.status', {})).online, 'online')
})

test('a change is told with the room it happened in', async () => {
  const alice = await member(dht, 'Alice')
  const { roomId } = await roomOf(alice)
  const told = new Promise((resolve) => alice.node.on('messages.changed', resolve))
  await alice.call('messages.send', { roomId, text: 'hi' })
  expect(await told).toEqual({ roomId })
})
