import HyperDHT from 'hyperdht'
import { expect, test } from 'vitest'
import { Network } from '../../src-main/network/network.js'
import { localDht, silentLogger, startNetwork } from '../helpers/network.js'

const nobody = [{ host: '127.0.0.1', port: 9 }]

test('without a network a node starts, says that it is offline, and stops', async () => {
  const network = await startNetwork(nobody)
  expect(network.online).toBe(false)
  await network.close()
})

test('with an empty list of entry points as well', async () => {
  const network = await startNetwork([], { bind: '127.0.0.1' })
  expect(network.online).toBe(false)
})

test('a node that never started can be closed, twice, and then ignores everything', async () => {
  const network = new Network({ keyPair: HyperDHT.keyPair(), bootstrap: nobody, logger: silentLogger })
  await Promise.all([network.close(), network.close()])
  network.joinTopic(Buffer.alloc(32), { announce: true })
  network.keepConnected(Buffer.alloc(32, 1), 'a')
  network.dial(Buffer.alloc(32, 1))
  await network.close()
  expect(network.online).toBe(false)
})

test('a UDP port that is taken is PORT_IN_USE', async () => {
  const bootstrap = await localDht()
  const port = bootstrap[0]?.port ?? 0
  const network = new Network({ keyPair: HyperDHT.keyPair(), bootstrap, udpPort: port, logger: silentLogger })
  await expect(network.ready()).rejects.toMatchObject({ code: 'PORT_IN_USE' })
  await network.close()
})

test('an address that is not ours is BAD_ARGUMENT', async () => {
  const network = new Network({
    keyPair: HyperDHT.keyPair(),
    bootstrap: nobody,
    bind: '192.0.2.1',
    logger: silentLogger
  })
  await expect(network.ready()).rejects.toMatchObject({ code: 'BAD_ARGUMENT' })
  await network.close()
})
