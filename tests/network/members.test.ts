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
  const t0 = performance.now()
  await alice.until(async () => (await alice.history(roomId)).every(({ state }) => state === 'stored'), 'stored')
  console.log('stored', performance.now() - t0)
  await alice.close()
  const bob = await member(dht, 'Bob')
  const t1 = performance.now()
  await bob.call('rooms.join', { link })
  await bob.until(async () => (await bob.texts(roomId)).length === 50, 'all 50')
  console.log('caught up', performance.now() - t1)
  expect(await bob.texts(roomId)).toEqual(Array.from({ length: 50 }, (_, i) => `message ${i + 1}`))
  await bob.call('messages.send', { roomId, text: 'I have them all' })
  await bob.until(async () => (await bob.history(roomId)).at(-1)?.state === 'stored', 'the answer stored')
  await bob.close()
  const again = await member(dht, null, { storage: alice.storage })
  const t2 = performance.now()
  await again.until(async () => (await again.texts(roomId)).at(-1) === 'I have them all', 'the answer')
  console.log('answer', performance.now() - t2)
  const [first] = await again.history(roomId)
  expect(first?.state).toBe('received')
  const rooms = await again.call('rooms.list', {})
  expect(rooms.rooms[0]).toMatchObject({ name: 'Garden', unread: 1, members: 2 })
})
test('dbg', async () => {
  const dht = await localDht()
  const root = await rootPeer(dht)
  const bob = await member(dht, 'Bob')
  const { roomId } = await bob.call('rooms.create', { name: 'Garden' })
  await bob.call('rootPeers.add', { key: root.key })
  const t0 = performance.now()
  for (let i = 0; i < 60; i++) {
    const s = await bob.call('rootPeers.list', {})
    console.log(Math.round(performance.now() - t0), s.rootPeers[0]?.state, JSON.stringify(await bob.call('network.status', {})), JSON.stringify(await root.call('network.status', {})))
    if (s.rootPeers[0]?.state === 'connected') break
    await new Promise((r) => setTimeout(r, 100))
  }
  await bob.close()
  const carol = await member(dht, 'Carol')
  await carol.call('rootPeers.add', { key: root.key })
  await carol.call('rooms.create', { name: 'Garden' })
  const t1 = performance.now()
  for (let i = 0; i < 60; i++) {
    const s = await carol.call('rootPeers.list', {})
    console.log(Math.round(performance.now() - t1), s.rootPeers[0]?.state, JSON.stringify(await carol.call('network.status', {})), JSON.stringify(await root.call('network.status', {})))
    if (s.rootPeers[0]?.state === 'connected') break
    await new Promise((r) => setTimeout(r, 100))
  }
})
