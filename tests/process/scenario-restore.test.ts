/**
 * A profile that is set back in place and writes before it hears from anybody. Whatever another replica had comes back,
 * whatever was written meanwhile arrives once, and no log is forked.
 */
import { describe, expect, it } from 'vitest'
import { keptRoom, numbered, Village } from '../helpers/people.js'
import { isWindows } from '../helpers/platform.js'
import { CORES, copyOf, DATABASE, restore, restoreOnly, setBack } from '../helpers/profiles.js'
import { tempDir } from '../helpers/temp.js'

/** Given the profile's folder and the outside state's folder as they were, and as they are. */
type SetBack = (was: { profile: string; state: string }, is: { profile: string; state: string }) => void

const WAYS: [string, SetBack][] = [
  ['the whole profile from a backup', (was, is) => restore(was.profile, is.profile)],
  ['the whole profile, unnoticed by Corestore', (was, is) => setBack(was.profile, is.profile)],
  ['the database alone', (was, is) => restoreOnly(was.profile, is.profile, DATABASE)],
  ['the logs alone', (was, is) => restoreOnly(was.profile, is.profile, CORES)],
  ['the logs alone, unnoticed by Corestore', (was, is) => setBack(was.profile, is.profile, CORES)],
  [
    'the whole disk, with the run mark',
    (was, is) => {
      setBack(was.profile, is.profile)
      restore(was.state, is.state)
    }
  ]
]

/** Alice has a backup, and behind it messages that the root peer and Bob have. She is stopped, and so is everybody. */
async function backedUp(crash: boolean) {
  const village = await Village.open()
  const state = tempDir()
  const [rootPeer, alice, bob] = await Promise.all([
    village.rootPeer(),
    village.member('Alice', { env: { MANGROVE_STATE_DIR: state } }),
    village.member('Bob')
  ])
  const { roomId, link } = await keptRoom(alice, rootPeer)
  await bob.call('rooms.join', { link })
  const texts = await alice.sendAll(roomId, 'old', 10)
  await alice.untilAll(roomId, 'stored')
  await bob.untilHas(roomId, texts)
  await (crash ? alice.kill() : alice.stop())
  const was = { profile: copyOf(alice.storage), state: copyOf(state) }
  await alice.start()
  texts.push(...(await alice.sendAll(roomId, 'new', 10)), ...(await bob.sendAll(roomId, 'answer', 5)))
  await alice.untilHas(roomId, texts)
  await bob.untilHas(roomId, texts)
  await alice.untilAll(roomId, 'stored')
  await bob.untilAll(roomId, 'stored')
  await alice.stop()
  await bob.stop()
  await rootPeer.stop()
  return { rootPeer, alice, bob, roomId, texts, was, is: { profile: alice.storage, state } }
}

describe.skipIf(isWindows)('a profile that is set back', () => {
  it.each(WAYS)('(%s) gets back what others have, and what it writes arrives once', async (name, goBack) => {
    const { rootPeer, alice, bob, roomId, texts, was, is } = await backedUp(name.includes('alone'))
    goBack(was, is)
    await alice.start()
    texts.push(...(await alice.sendAll(roomId, 'offline', 5)))
    expect((await alice.history(roomId)).slice(-5)).toMatchObject(
      numbered('offline', 5).map((text) => ({ text, state: 'saved' }))
    )
    await rootPeer.start()
    await alice.untilHas(roomId, texts)
    await alice.untilAll(roomId, 'stored')
    texts.push(...(await alice.sendAll(roomId, 'again', 5)))
    await bob.start()
    for (const person of [alice, bob]) {
      await person.untilHas(roomId, texts)
      expect((await person.texts(roomId)).toSorted()).toEqual(texts.toSorted())
      await person.untilAll(roomId, 'received')
    }
    expect((await alice.history(roomId)).map(({ id }) => id)).toEqual((await bob.history(roomId)).map(({ id }) => id))
    expect(await bob.room(roomId)).toMatchObject({ members: 2 })
  })
})
