import { expect, test } from 'vitest'
import { localDht } from '../helpers/local-dht.js'
import { member, rootPeer, type TestNode } from '../helpers/nodes.js'

async function people(node: TestNode, roomId: string): Promise<string> {
  const { members } = await node.call('rooms.members', { roomId })
  return members.map(({ name, here }) => `${name} ${here ? 'here' : 'away'}`).join(', ')
}

test('members see who is here, also through a root peer, and who went', async () => {
  const dht = await localDht()
  const root = await rootPeer(dht)
  const alice = await member(dht, 'Alice')
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  await alice.call('rootPeers.add', { key: root.key })
  const { link } = await alice.call('rooms.invite', { roomId })
  const bob = await member(dht, 'Bob')
  await bob.call('rooms.join', { link })
  await alice.until(async () => (await people(alice, roomId)) === 'Alice here, Bob here', 'Bob here')
  await bob.until(async () => (await people(bob, roomId)) === 'Bob here, Alice here', 'Alice here')
  await bob.close()
  await alice.until(async () => (await people(alice, roomId)) === 'Alice here, Bob away', 'Bob away')
})

test('an invite can be looked at before joining', async () => {
  const dht = await localDht()
  const alice = await member(dht, 'Alice')
  const bob = await member(dht, 'Bob')
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  const { link } = await alice.call('rooms.invite', { roomId })
  const preview = { roomId, name: 'Garden', rootPeers: 0 }
  expect(await bob.call('rooms.preview', { link })).toEqual({ ...preview, joined: false })
  expect((await bob.call('rooms.list', {})).rooms).toEqual([])
  expect(await alice.call('rooms.preview', { link })).toEqual({ ...preview, joined: true })
  await expect(bob.call('rooms.preview', { link: link.slice(0, -1) })).rejects.toMatchObject({ code: 'INVITE_INVALID' })
})
