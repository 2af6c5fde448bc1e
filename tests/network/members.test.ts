import { expect, test } from 'vitest'
import { localDht } from '../helpers/local-dht.js'
import { member, rootPeer } from '../helpers/nodes.js'

test('two members who are never online together read each other through a root peer', async () => {
  const dht = await localDht()
  const root = await rootPeer(dht)
  const alice = await member(dht, 'Alice')
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  await alice.call('rootPeers.add', { key: root.key })
  const { link } = await alice.call('rooms.invite', { roomId })
  for (let i = 1; i <= 50; i++) await alice.call('messages.send', { roomId, text: `message ${i}` })
  await alice.until(async () => (await alice.history(roomId)).every(({ state }) => state === 'stored'), 'stored')
  await alice.close()
  const bob = await member(dht, 'Bob')
  await bob.call('rooms.join', { link })
  await bob.until(async () => (await bob.texts(roomId)).length === 50, 'all 50')
  expect(await bob.texts(roomId)).toEqual(Array.from({ length: 50 }, (_, i) => `message ${i + 1}`))
  await bob.call('messages.send', { roomId, text: 'I have them all' })
  await bob.until(async () => (await bob.history(roomId)).at(-1)?.state === 'stored', 'the answer stored')
  await bob.close()
  const again = await member(dht, null, { storage: alice.storage })
  await again.until(async () => (await again.texts(roomId)).at(-1) === 'I have them all', 'the answer')
  const [first] = await again.history(roomId)
  expect(first?.state).toBe('received')
  const rooms = await again.call('rooms.list', {})
  expect(rooms.rooms[0]).toMatchObject({ name: 'Garden', unread: 1, members: 2 })
})
