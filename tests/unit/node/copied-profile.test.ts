import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { localDht } from '../../helpers/local-dht.js'
import { member, type TestNode } from '../../helpers/nodes.js'
import { copyOf, restore } from '../../helpers/profiles.js'

async function written() {
  const dht = await localDht()
  const alice = await member(dht, 'Alice')
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  const { link } = await alice.call('rooms.invite', { roomId })
  await alice.call('messages.send', { roomId, text: 'one' })
  const start = (storage: string) => member(dht, null, { storage })
  const bob = async () => {
    const joined = await member(dht, 'Bob')
    await joined.call('rooms.join', { link })
    return joined
  }
  return { alice, roomId, start, bob }
}

const setAside = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('cores.aside'))

async function shows(node: TestNode, roomId: string, texts: string[]): Promise<void> {
  await node.until(async () => (await node.texts(roomId)).length >= texts.length, texts.join())
  expect((await node.texts(roomId)).toSorted()).toEqual(texts.toSorted())
}

test('a profile that runs again where it ran keeps its keys', async () => {
  const { alice, start, roomId } = await written()
  await alice.close()
  const again = await start(alice.storage)
  expect(again.key).toBe(alice.key)
  expect(await again.texts(roomId)).toEqual(['one'])
})

test('a copy goes on as a new device of the same person, and original and copy write side by side', async () => {
  const { alice, start, roomId, bob } = await written()
  const me = await alice.call('account.get', {})
  await alice.close()
  const copy = await start(copyOf(alice.storage))
  expect(copy.key).not.toBe(alice.key)
  expect(await copy.call('account.get', {})).toEqual(me)
  expect(await copy.texts(roomId)).toEqual(['one'])
  await copy.call('messages.send', { roomId, text: 'from the copy' })
  const original = await start(alice.storage)
  expect(original.key).toBe(alice.key)
  await original.call('messages.send', { roomId, text: 'from the original' })
  const other = await bob()
  for (const node of [other, copy, original]) await shows(node, roomId, ['one', 'from the copy', 'from the original'])
  expect(await other.room(roomId)).toMatchObject({ members: 2 })
})

test('logs that Corestore sees were copied are set aside, and the index stays', async () => {
  const { alice, start, roomId } = await written()
  await alice.close()
  const storage = copyOf(alice.storage)
  const copy = await start(storage)
  expect(setAside(storage).length).toBe(1)
  expect(await copy.texts(roomId)).toEqual(['one'])
})

test('an older copy put back in its place is noticed, and nothing of both is lost', async () => {
  const { alice, start, roomId, bob } = await written()
  await alice.close()
  const backup = copyOf(alice.storage)
  const later = await start(alice.storage)
  const other = await bob()
  await shows(other, roomId, ['one'])
  await later.call('messages.send', { roomId, text: 'after the backup' })
  await shows(other, roomId, ['one', 'after the backup'])
  await later.close()
  restore(backup, alice.storage)
  const restored = await start(alice.storage)
  expect(restored.key).not.toBe(alice.key)
  await restored.call('messages.send', { roomId, text: 'after the restore' })
  for (const node of [other, restored]) await shows(node, roomId, ['one', 'after the backup', 'after the restore'])
})

test('without the state folder a profile goes on as a new device', async () => {
  const { alice, start, roomId } = await written()
  await alice.close()
  const state = process.env.MANGROVE_STATE_DIR as string
  const kept = `${state}.kept`
  cpSync(state, kept, { recursive: true })
  rmSync(state, { recursive: true })
  const again = await start(alice.storage)
  expect(again.key).not.toBe(alice.key)
  expect(await again.texts(roomId)).toEqual(['one'])
  rmSync(kept, { recursive: true })
})

test('a start that failed on its way closes what it had opened', async () => {
  const { alice, start } = await written()
  await alice.close()
  rmSync(join(alice.storage, 'node.key'))
  mkdirSync(join(alice.storage, 'node.key'))
  await expect(start(alice.storage)).rejects.toMatchObject({ code: 'STORAGE_UNWRITABLE' })
  rmSync(join(alice.storage, 'node.key'), { recursive: true })
  await start(alice.storage)
})

test('a second node on one profile is refused, and the first goes on', async () => {
  const { alice, start, roomId } = await written()
  await expect(start(alice.storage)).rejects.toMatchObject({ code: 'PROFILE_IN_USE' })
  await alice.call('messages.send', { roomId, text: 'still here' })
  expect(await alice.texts(roomId)).toEqual(['one', 'still here'])
})

test('closing twice is closing once, and a closed node lets the profile go', async () => {
  const { alice, start } = await written()
  await Promise.all([alice.close(), alice.close()])
  await start(alice.storage)
})
