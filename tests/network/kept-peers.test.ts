import { expect, test } from 'vitest'
import { kill, startBarePeer } from '../helpers/bare-peer.js'
import { connected, localDht, namedKeyPair, next, startNetwork } from '../helpers/network.js'

test('a kept peer is connected, and again after it stopped and came back', async () => {
  const bootstrap = await localDht()
  const keyPair = namedKeyPair('root')
  const [root, member] = [await startNetwork(bootstrap, { keyPair }), await startNetwork(bootstrap)]
  member.keepConnected(keyPair.publicKey, 'a')
  await connected(member, keyPair.publicKey)
  const gone = next(member, 'disconnection')
  await root.close()
  await gone
  const back = next(member, 'connection')
  await startNetwork(bootstrap, { keyPair })
  expect((await back).remoteKey).toEqual(keyPair.publicKey)
})

test('a kept peer that was not there when it was asked for is connected once it is', async () => {
  const bootstrap = await localDht()
  const keyPair = namedKeyPair('late')
  const member = await startNetwork(bootstrap)
  member.keepConnected(keyPair.publicKey, 'a')
  await startNetwork(bootstrap, { keyPair })
  await connected(member, keyPair.publicKey)
})

test('a kept peer that was killed without a goodbye is noticed and connected again when it is back', async () => {
  const bootstrap = await localDht()
  const { publicKey } = namedKeyPair('victim')
  const member = await startNetwork(bootstrap)
  const first = await startBarePeer(bootstrap, 'victim')
  member.keepConnected(publicKey, 'a')
  await connected(member, publicKey)
  const [gone, back] = [
    next(member, 'disconnection'),
    next(member, 'disconnection').then(() => next(member, 'connection'))
  ]
  await kill(first)
  await startBarePeer(bootstrap, 'victim')
  await gone
  await back
})

test('a peer that was killed and dials us again replaces its dead connection at once', async () => {
  const bootstrap = await localDht()
  const { publicKey } = namedKeyPair('victim')
  const network = await startNetwork(bootstrap, { keyPair: namedKeyPair('survivor') })
  const first = await startBarePeer(bootstrap, 'victim', 'survivor')
  const dead = await connected(network, publicKey)
  // It must have carried data both ways: our own nodes see to that as soon as they are connected.
  await new Promise<void>((resolve) => dead.mux.pair({ protocol: 'hello', id: null }, () => resolve()))
  await kill(first)
  expect(dead.closed).toBe(false)
  const back = next(network, 'connection')
  await startBarePeer(bootstrap, 'victim', 'survivor')
  await back
  expect(dead.closed).toBe(true)
  expect(network.connectionTo(publicKey)).not.toBe(null)
})

test('a peer is kept for as long as anyone has a reason', async () => {
  const bootstrap = await localDht()
  const [root, member] = [await startNetwork(bootstrap), await startNetwork(bootstrap)]
  member.keepConnected(root.publicKey, 'a')
  member.keepConnected(root.publicKey, 'b')
  const connection = await connected(member, root.publicKey)
  member.release(root.publicKey, 'a')
  const back = next(member, 'connection')
  connection.close()
  const again = await back
  member.release(root.publicKey, 'b')
  const gone = next(member, 'disconnection')
  again.close()
  await gone
  expect(member.connectionTo(root.publicKey)).toBe(null)
})

test('two peers that are introduced and dial each other at once end up with one connection', async () => {
  const bootstrap = await localDht()
  const [ada, ben] = [await startNetwork(bootstrap), await startNetwork(bootstrap)]
  ada.dial(ben.publicKey)
  ben.dial(ada.publicKey)
  const [one, other] = await Promise.all([connected(ada, ben.publicKey), connected(ben, ada.publicKey)])
  expect(one.handshakeHash).toEqual(other.handshakeHash)
})

test('two peers that keep each other settle on one connection', async () => {
  const bootstrap = await localDht()
  const [ada, ben] = [await startNetwork(bootstrap), await startNetwork(bootstrap)]
  const same = () => {
    const [one, other] = [ada.connectionTo(ben.publicKey), ben.connectionTo(ada.publicKey)]
    return !!one && !!other && one.handshakeHash.equals(other.handshakeHash)
  }
  const settled = new Promise<void>((resolve) => {
    const check = () => {
      if (same()) resolve()
    }
    ada.on('changed', check)
    ben.on('changed', check)
  })
  ada.keepConnected(ben.publicKey, 'a')
  ben.keepConnected(ada.publicKey, 'a')
  await settled
})

test('dialling oneself or keeping oneself does nothing', async () => {
  const network = await startNetwork(await localDht())
  network.dial(network.publicKey)
  network.keepConnected(network.publicKey, 'a')
  expect(network.connections).toEqual([])
})
