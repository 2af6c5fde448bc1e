/** A DHT of this machine only: nothing that a node on it does leaves 127.0.0.1. For trying Mangrove and for tests. */
import createTestnet from 'hyperdht/testnet.js'
import type { HostPort } from './options.js'

const ADDRESS = '127.0.0.1'
/** Enough for a lookup to find what was announced. */
const NODES = 3

export interface LocalDht {
  readonly bootstrap: HostPort[]
  close(): Promise<void>
}

export async function openLocalDht(port?: number): Promise<LocalDht> {
  const testnet = await createTestnet(NODES, { host: ADDRESS, port })
  return { bootstrap: testnet.bootstrap, close: () => testnet.destroy() }
}
