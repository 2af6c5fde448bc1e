/** The main job: two members who chat while both are there, and through a root peer when they never are. */
import { expect, it } from 'vitest'
import { keptRoom, Village } from '../helpers/people.js'

it('lets two members chat live, both ways, without a root peer', async () => {
  const village = await Village.open()
  const [alice, bob] = await Promise.all([village.member('Alice'), village.member('Bob')])
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  const { link } = await alice.call('rooms.invite', { roomId })
  expect(await bob.call('rooms.join', { link })).toEqual({ roomId })

  await alice.call('messages.send', { roomId, text: 'Hello Bob' })
  await bob.untilHas(roomId, ['Hello Bob'])
  await bob.call('messages.send', { roomId, text: 'Hello Alice' })
  await alice.untilHas(roomId, ['Hello Alice'])
  await alice.untilAll(roomId, 'received')
  await bob.untilAll(roomId, 'received')

  const histories = [await alice.history(roomId), await bob.history(roomId)]
  for (const history of histories) {
    expect(history.map(({ author, text }) => `${author.name}: ${text}`)).toEqual([
      'Alice: Hello Bob',
      'Bob: Hello Alice'
    ])
  }
  expect(await bob.room(roomId)).toMatchObject({ name: 'Garden', members: 2, unread: 1 })
})

it('keeps 50 messages for a member who comes when their author is gone, and the answer for her', async () => {
  const village = await Village.open()
  const [rootPeer, alice] = await Promise.all([village.rootPeer(), village.member('Alice')])
  const { roomId, link } = await keptRoom(alice, rootPeer)
  await alice.untilRootPeer('connected')
  const states: (string | undefined)[] = []
  const texts = await alice.sendAll(roomId, 'message', 50)
  states.push((await alice.history(roomId)).at(-1)?.state)
  await alice.untilAll(roomId, 'stored')
  states.push((await alice.history(roomId)).at(-1)?.state)
  await alice.stop()

  const bob = await village.member('Bob')
  await bob.call('rooms.join', { link })
  await bob.untilHas(roomId, texts)
  expect(await bob.texts(roomId)).toEqual(texts)
  expect(await bob.room(roomId)).toMatchObject({ name: 'Garden', unread: 50, members: 2 })
  await bob.call('messages.send', { roomId, text: 'I have them all' })
  await bob.untilAll(roomId, 'stored')
  await bob.stop()

  await alice.start()
  await alice.untilHas(roomId, ['I have them all'])
  await alice.untilAll(roomId, 'received')
  states.push((await alice.history(roomId)).at(0)?.state)
  expect(await alice.texts(roomId)).toEqual([...texts, 'I have them all'])
  expect(states).toEqual([expect.stringMatching(/saved|stored/), 'stored', 'received'])
})

it('shows what is written without anybody there as saved, and as stored once the root peer is there', async () => {
  const village = await Village.open()
  const rootPeer = await village.rootPeer()
  const { publicKey } = rootPeer
  await rootPeer.stop()
  const alice = await village.member('Alice')
  await alice.call('rootPeers.add', { key: publicKey })
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  const texts = await alice.sendAll(roomId, 'early', 5)
  expect((await alice.history(roomId)).map(({ state }) => state)).toEqual(texts.map(() => 'saved'))
  await rootPeer.start()
  await alice.untilAll(roomId, 'stored')
  expect(await alice.texts(roomId)).toEqual(texts)
})

it('takes in a member who joined offline, once the root peer can be reached', async () => {
  const village = await Village.open()
  const [rootPeer, alice] = await Promise.all([village.rootPeer(), village.member('Alice')])
  const { roomId, link } = await keptRoom(alice, rootPeer)
  const texts = await alice.sendAll(roomId, 'message', 5)
  await alice.untilAll(roomId, 'stored')
  await alice.stop()
  await rootPeer.stop()

  const bob = await village.member('Bob')
  await bob.call('rooms.join', { link })
  await bob.call('messages.send', { roomId, text: 'written before I saw anything' })
  expect(await bob.room(roomId)).toMatchObject({ name: 'Garden', members: 1 })
  await bob.stop()
  await rootPeer.start()
  await bob.start()
  await bob.untilHas(roomId, [...texts, 'written before I saw anything'])
  await bob.untilAll(roomId, 'stored')
  await bob.stop()

  await alice.start()
  await alice.untilHas(roomId, ['written before I saw anything'])
  expect((await alice.texts(roomId)).toSorted()).toEqual([...texts, 'written before I saw anything'].toSorted())
})
