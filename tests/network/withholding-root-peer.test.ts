import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { localDht } from '../helpers/local-dht.js'
import { member, rootPeer, type TestNode } from '../helpers/nodes.js'

const stateOf = async (node: TestNode, roomId: string) => (await node.history(roomId)).at(-1)?.state

test('a root peer that lost what it acknowledged is sent it again', async () => {
  const dht = await localDht()
  const root = await rootPeer(dht)
  const alice = await member(dht, 'Alice')
  await alice.call('rootPeers.add', { key: root.key })
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  await alice.call('messages.send', { roomId, text: 'precious' })
  await alice.until(async () => (await stateOf(alice, roomId)) === 'stored', 'stored')
  await root.close()
  for (const name of ['cores', 'root-peer.db']) rmSync(join(root.storage, name), { recursive: true, force: true })
  for (const name of ['root-peer.db-wal', 'root-peer.db-shm']) rmSync(join(root.storage, name), { force: true })

  const emptied = await rootPeer(dht, { storage: root.storage })
  expect(emptied.key).toBe(root.key)
  // That this is acknowledged says that everything before it is held again.
  await alice.call('messages.send', { roomId, text: 'one more' })
  await alice.until(async () => (await stateOf(alice, roomId)) === 'stored', 'one more stored')
  const { link } = await alice.call('rooms.invite', { roomId })
  await alice.close()
  const bob = await member(dht, 'Bob')
  await bob.call('rooms.join', { link })
  await bob.until(async () => (await bob.texts(roomId)).length === 2, 'both messages')
  expect(await bob.texts(roomId)).toEqual(['precious', 'one more'])
})
