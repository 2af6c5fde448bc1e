/** This process' DHT node, bound as a node of ours is. */
import type HyperDHT from 'hyperdht'
import type { HostPort } from 'hyperdht'
import { bindDht, createDht } from '../../src-main/network/dht.js'

export async function dhtNode(bootstrap: HostPort[]): Promise<HyperDHT> {
  const dht = createDht({ bootstrap })
  await bindDht(dht, { bootstrap })
  await dht.fullyBootstrapped()
  return dht
}
