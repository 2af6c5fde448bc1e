/** What a root peer has stored outlives its death, and members find their way back to it. */
import { expect, it } from 'vitest'
import { keptRoom, Village } from '../helpers/people.js'

it('keeps its key and all it stored when it is killed between the author and the reader', async () => {
  const village = await Village.open()
  const [rootPeer, alice] = await Promise.all([village.rootPeer(), village.member('Alice')])
  const { publicKey } = rootPeer
  const { roomId, link } = await keptRoom(alice, rootPeer)
  const texts = await alice.sendAll(roomId, 'message', 50)
  await alice.untilAll(roomId, 'stored')
  await rootPeer.kill()
  await alice.stop()
  await rootPeer.start()
  expect(rootPeer.publicKey).toBe(publicKey)

  const bob = await village.member('Bob')
  await bob.call('rooms.join', { link })
  await bob.untilHas(roomId, texts)
  expect(await bob.texts(roomId)).toEqual(texts)
})

it('is found again by members who stayed, and stores what they wrote while it was dead', async () => {
  const village = await Village.open()
  const [rootPeer, alice, bob] = await Promise.all([village.rootPeer(), village.member('Alice'), village.member('Bob')])
  const { roomId, link } = await keptRoom(alice, rootPeer)
  await bob.call('rooms.join', { link })
  const before = await alice.sendAll(roomId, 'before', 10)
  await alice.untilAll(roomId, 'stored')
  await bob.untilHas(roomId, before)
  await rootPeer.kill()
  const meanwhile = [...(await alice.sendAll(roomId, 'meanwhile', 10)), ...(await bob.sendAll(roomId, 'answer', 10))]
  await Promise.all([alice.untilHas(roomId, meanwhile), bob.untilHas(roomId, meanwhile)])
  await rootPeer.start()
  await Promise.all([alice.untilAll(roomId, 'stored'), bob.untilAll(roomId, 'stored')])
  await Promise.all([alice.untilHeld(roomId), bob.untilHeld(roomId)])
  await alice.stop()
  await bob.stop()

  const carol = await village.member('Carol')
  await carol.call('rooms.join', { link })
  await carol.untilHas(roomId, [...before, ...meanwhile])
  expect((await carol.texts(roomId)).toSorted()).toEqual([...before, ...meanwhile].toSorted())
})

it('takes what it missed from members when its storage is lost', async () => {
  const village = await Village.open()
  const [rootPeer, alice] = await Promise.all([village.rootPeer(), village.member('Alice')])
  const { roomId, link } = await keptRoom(alice, rootPeer)
  const texts = await alice.sendAll(roomId, 'message', 20)
  await alice.untilAll(roomId, 'stored')
  await rootPeer.kill()
  rootPeer.forget(['cores', 'root-peer.db', 'root-peer.db-wal', 'root-peer.db-shm'])
  await rootPeer.start()
  // What is stored is a prefix of her log: when the last message is, all are.
  texts.push(...(await alice.sendAll(roomId, 'after', 1)))
  await alice.untilAll(roomId, 'stored')
  await alice.stop()

  const bob = await village.member('Bob')
  await bob.call('rooms.join', { link })
  await bob.untilHas(roomId, texts)
  expect(await bob.texts(roomId)).toEqual(texts)
})
