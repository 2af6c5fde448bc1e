/** Real nodes on a DHT of their own on 127.0.0.1; everything is torn down with the test that made it. */
import HyperDHT, { type HostPort, type KeyPair } from 'hyperdht'
import createTestnet from 'hyperdht/testnet.js'
import { onTestFinished } from 'vitest'
import { createLogger } from '../../src-main/lib/logger.js'
import { Network, type NetworkEvents, type NetworkOptions } from '../../src-main/network/network.js'
import type { Connection } from '../../src-main/protocol/ports.js'

export const silentLogger = createLogger('silent')

export async function localDht(): Promise<HostPort[]> {
  const testnet = await createTestnet(4)
  onTestFinished(() => testnet.destroy())
  return testnet.bootstrap
}

/** The same name gives the same key pair, in any process. */
export function namedKeyPair(name: string): KeyPair {
  return HyperDHT.keyPair(HyperDHT.hash(Buffer.from(name)))
}

export async function startNetwork(bootstrap: HostPort[], options: Partial<NetworkOptions> = {}): Promise<Network> {
  const network = new Network({ keyPair: HyperDHT.keyPair(), bootstrap, logger: silentLogger, ...options })
  onTestFinished(() => network.close())
  await network.ready()
  await network.flushed()
  return network
}

/** Resolves with the next event that `matches`. */
export function next<Name extends keyof NetworkEvents>(
  network: Network,
  name: Name,
  matches: (payload: NetworkEvents[Name]) => boolean = () => true
): Promise<NetworkEvents[Name]> {
  return new Promise((resolve) => {
    const off = network.on(name, (payload) => {
      if (!matches(payload)) return
      off()
      resolve(payload)
    })
  })
}

/** The connection to `key`, now or as soon as there is one. */
export async function connected(network: Network, key: Buffer): Promise<Connection> {
  return network.connectionTo(key) ?? next(network, 'connection', ({ remoteKey }) => remoteKey.equals(key))
}
