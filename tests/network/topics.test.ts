import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { hurriedClock } from '../helpers/manual-clock.js'
import { connected, localDht, next, startNetwork } from '../helpers/network.js'

test('two nodes on one topic find each other', async () => {
  const bootstrap = await localDht()
  const topic = randomBytes(32)
  const [ada, ben] = [await startNetwork(bootstrap), await startNetwork(bootstrap)]
  ada.joinTopic(topic, { announce: true })
  await ada.flushed()
  ben.joinTopic(topic, { announce: false })
  const connection = await connected(ben, ada.publicKey)
  expect(connection.isInitiator).toBe(true)
  expect(connection.handshakeHash.byteLength).toBe(64)
  const other = await connected(ada, ben.publicKey)
  expect(other.handshakeHash).toEqual(connection.handshakeHash)
  expect(ada.online && ben.online).toBe(true)
})

test('a topic is looked up again while its owner seeks peers', async () => {
  const bootstrap = await localDht()
  const topic = randomBytes(32)
  const early = await startNetwork(bootstrap, { clock: hurriedClock(20) })
  early.joinTopic(topic, { announce: false })
  early.seekPeers(topic, true)
  await early.flushed()
  const late = await startNetwork(bootstrap)
  late.joinTopic(topic, { announce: true })
  await connected(early, late.publicKey)
})

test('a topic that begins to be announced is found, one that was left is not', async () => {
  const bootstrap = await localDht()
  const topic = randomBytes(32)
  const clock = hurriedClock(20)
  const [ada, ben] = [await startNetwork(bootstrap, { clock }), await startNetwork(bootstrap, { clock })]
  ada.joinTopic(topic, { announce: false })
  ben.joinTopic(topic, { announce: false })
  ben.seekPeers(topic, true)
  ada.joinTopic(topic, { announce: true })
  const connection = await connected(ben, ada.publicKey)
  ada.leaveTopic(topic)
  ada.leaveTopic(topic)
  ben.leaveTopic(topic)
  const gone = next(ben, 'disconnection')
  connection.close()
  await gone
  expect(ben.connectionTo(ada.publicKey)).toBe(null)
})

test('twenty nodes that seek each other on one topic all reach each other', async () => {
  const bootstrap = await localDht()
  const topic = randomBytes(32)
  const clock = hurriedClock(5)
  const networks = await Promise.all(Array.from({ length: 20 }, () => startNetwork(bootstrap, { clock })))
  for (const network of networks) {
    network.joinTopic(topic, { announce: true })
    network.seekPeers(topic, true)
  }
  await Promise.all(
    networks.flatMap((network) =>
      networks.filter((other) => other !== network).map((other) => connected(network, other.publicKey))
    )
  )
})
