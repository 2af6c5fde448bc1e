/** Entries that were saved before a restart and wait for the first replica that is heard. */
import { expect, test } from 'vitest'
import { localDht } from '../helpers/local-dht.js'
import { member, type TestNode } from '../helpers/nodes.js'

test('entries that waited through a restart stay before those that were written after it', async () => {
  const dht = await localDht()
  let alice: TestNode = await member(dht, 'Alice')
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  const { link } = await alice.call('rooms.invite', { roomId })
  const texts = ['one', 'two', 'three', 'four', 'five', 'six']
  const restart = async () => {
    await alice.close()
    alice = await member(dht, null, { storage: alice.storage })
  }
  for (const [i, text] of texts.entries()) {
    if (i % 2 === 0) await restart()
    await alice.call('messages.send', { roomId, text })
  }
  const bob = await member(dht, 'Bob')
  await bob.call('rooms.join', { link })
  await bob.until(async () => (await bob.texts(roomId)).length === texts.length, 'all messages')
  expect(await bob.texts(roomId)).toEqual(texts)
  expect(await alice.texts(roomId)).toEqual(texts)
})
