/** A DHT of this machine only, for processes and nodes of tests. */
import createTestnet, { type Testnet } from 'hyperdht/testnet.js'
import { type Teardown, withTest } from './temp.js'

export interface LocalDht {
  testnet: Testnet
  bootstrap: { host: string; port: number }[]
  /** As --bootstrap and MANGROVE_BOOTSTRAP take it. */
  flag: string
}

export async function localDht(teardown: Teardown = withTest, size = 3): Promise<LocalDht> {
  const testnet = await createTestnet(size, { host: '127.0.0.1' })
  teardown(() => testnet.destroy())
  const flag = testnet.bootstrap.map(({ host, port }) => `${host}:${port}`).join(',')
  return { testnet, bootstrap: testnet.bootstrap, flag }
}
