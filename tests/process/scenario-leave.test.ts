/** Leaving: at once for who leaves, and nothing that was written in the room is lost by it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Corestore from 'corestore'
import { expect, it } from 'vitest'
import { Store } from '../../src-main/store/store.js'
import { keptRoom, type Person, Village } from '../helpers/people.js'
import { withTest } from '../helpers/temp.js'

/** What a profile holds of rooms; its process must be stopped. */
async function remains(person: Person): Promise<{ rooms: number; logs: number }> {
  const store = new Store(join(person.storage, 'mangrove.db'), readFileSync(join(person.storage, 'database.key')))
  withTest(() => store.close())
  const cores = new Corestore(join(person.storage, 'cores'))
  withTest(() => cores.close())
  let logs = 0
  for await (const _ of cores.list()) logs++
  const rooms = store.rooms.all().length
  store.close()
  await cores.close()
  return { rooms, logs }
}

it('hides a room at once, takes it away once all is acknowledged, and lets one join again', async () => {
  const village = await Village.open()
  const [rootPeer, alice, bob] = await Promise.all([village.rootPeer(), village.member('Alice'), village.member('Bob')])
  const { roomId, link } = await keptRoom(alice, rootPeer)
  await bob.call('rooms.join', { link })
  const texts = await alice.sendAll(roomId, 'early', 3)
  await bob.untilHas(roomId, texts)
  texts.push(...(await bob.sendAll(roomId, 'answer', 3)))
  await alice.untilHas(roomId, texts)
  await bob.untilAll(roomId, 'received')
  await bob.stop()
  await rootPeer.stop()

  texts.push(...(await alice.sendAll(roomId, 'last words', 3)))
  expect(await alice.call('rooms.leave', { roomId })).toBe(null)
  expect(await alice.call('rooms.list', {})).toEqual({ rooms: [] })
  await expect(alice.call('messages.page', { roomId, limit: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await alice.restart()
  expect(await alice.call('rooms.list', {})).toEqual({ rooms: [] })
  await alice.stop()
  expect(await remains(alice)).toEqual({ rooms: 1, logs: 2 })

  await Promise.all([alice.start(), rootPeer.start(), bob.start()])
  await bob.untilHas(roomId, texts)
  await bob.until(async () => (await bob.room(roomId))?.members === 1, 'her log to be retired')
  await alice.stop()
  expect(await remains(alice)).toEqual({ rooms: 0, logs: 0 })
  expect((await bob.texts(roomId)).toSorted()).toEqual(texts.toSorted())

  await alice.start()
  expect(await alice.call('rooms.list', {})).toEqual({ rooms: [] })
  await alice.call('rooms.join', { link: (await bob.call('rooms.invite', { roomId })).link })
  await alice.untilHas(roomId, texts)
  texts.push(...(await alice.sendAll(roomId, 'back', 3)))
  await bob.untilHas(roomId, texts)
  expect(await bob.texts(roomId)).toEqual(await alice.texts(roomId))
  expect(await bob.room(roomId)).toMatchObject({ members: 2, name: 'Garden' })
  // What he writes says that he has all of hers, also what lies in the log that she left.
  await bob.send(roomId, 'welcome')
  await alice.untilAll(roomId, 'received')
})

it('takes a room away at once when there was never anybody to tell', async () => {
  const village = await Village.open()
  const alice = await village.member('Alice')
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  await alice.call('messages.send', { roomId, text: 'to myself' })
  await alice.call('rooms.leave', { roomId })
  await alice.stop()
  expect(await remains(alice)).toEqual({ rooms: 0, logs: 0 })
})
