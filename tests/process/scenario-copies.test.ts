/** Two machines with one profile: the copy becomes a device of its own, and no log is written from two sides. */
import { describe, expect, it } from 'vitest'
import { keptRoom, type Person, Village } from '../helpers/people.js'
import { isWindows } from '../helpers/platform.js'
import { copyOf } from '../helpers/profiles.js'
import { tempDir } from '../helpers/temp.js'

async function meeting() {
  const village = await Village.open()
  const [rootPeer, alice, bob] = await Promise.all([village.rootPeer(), village.member('Alice'), village.member('Bob')])
  const { roomId, link } = await keptRoom(alice, rootPeer)
  await bob.call('rooms.join', { link })
  const texts = await alice.sendAll(roomId, 'before', 10)
  await bob.untilHas(roomId, texts)
  await alice.untilAll(roomId, 'stored')
  return { village, rootPeer, alice, bob, roomId, texts }
}

/** Everybody has all of it once, in one order, and whoever wrote knows that it is stored. */
async function expectOneHistory(people: readonly Person[], roomId: string, texts: readonly string[]): Promise<void> {
  for (const person of people) await person.untilHas(roomId, texts)
  const histories = await Promise.all(people.map((person) => person.history(roomId)))
  for (const history of histories) {
    expect(history.map(({ text }) => text).toSorted()).toEqual(texts.toSorted())
    expect(history.map(({ id }) => id)).toEqual(histories[0]?.map(({ id }) => id))
  }
  for (const person of people) await person.untilAll(roomId, 'stored')
}

/** What both write at last can only arrive if neither of their logs was taken for a fork. */
async function writeBoth(alice: Person, twin: Person, roomId: string): Promise<string[]> {
  const both = await Promise.all([alice.sendAll(roomId, 'original', 5), twin.sendAll(roomId, 'copy', 5)])
  return both.flat()
}

describe.skipIf(isWindows)('a copied profile', () => {
  it.each([
    ['on the same machine', undefined],
    ['on another machine', 'other']
  ])('%s writes as a new device, and the original goes on as it was', async (_, machine) => {
    const { village, alice, bob, roomId, texts } = await meeting()
    await alice.stop()
    const env = machine ? { MANGROVE_STATE_DIR: tempDir() } : {}
    const twin = await village.person('serve', { storage: copyOf(alice.storage), env }).start()
    texts.push(...(await twin.sendAll(roomId, 'twin', 10)))
    await bob.untilHas(roomId, texts)
    await alice.start()
    texts.push(...(await alice.sendAll(roomId, 'alice', 10)))
    await expectOneHistory([bob, alice, twin], roomId, texts)
    texts.push(...(await writeBoth(alice, twin, roomId)))
    await expectOneHistory([bob, alice, twin], roomId, texts)
    expect(await bob.room(roomId)).toMatchObject({ members: 2 })
  })

  it('taken after a kill with messages in the outbox sends them as the original does, and they arrive once', async () => {
    const { village, rootPeer, alice, bob, roomId, texts } = await meeting()
    await Promise.all([bob.stop(), rootPeer.kill()])
    texts.push(...(await alice.sendAll(roomId, 'unsent', 20)))
    await alice.kill()
    const storage = copyOf(alice.storage)
    await rootPeer.start()
    const twin = await village.person('serve', { storage, env: { MANGROVE_STATE_DIR: tempDir() } }).start()
    texts.push(...(await twin.sendAll(roomId, 'twin', 10)))
    await twin.untilAll(roomId, 'stored')
    await bob.start()
    await bob.untilHas(roomId, texts)
    await alice.start()
    texts.push(...(await alice.sendAll(roomId, 'alice', 10)))
    await expectOneHistory([bob, alice, twin], roomId, texts)
    texts.push(...(await writeBoth(alice, twin, roomId)))
    await expectOneHistory([bob, alice, twin], roomId, texts)
  })
})
