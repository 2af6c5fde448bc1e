/** Whether the node on this machine answers, and whether it reaches anybody. */
import { create } from 'zustand'
import type { NetworkStatusView } from '../../src-preload/contract/index.js'
import type { BridgeState } from '../bridge.js'
import { call } from '../bridge.js'
import { Refresher } from '../lib/refresher.js'

/** A node that has just started needs a moment; until then nobody is told that they are offline. */
const SETTLE_MS = 6000

interface Connection {
  bridge: BridgeState
  network: NetworkStatusView | null
  /** The node had its moment to get online. */
  settled: boolean
}

export const useConnection = create<Connection>(() => ({ bridge: 'connecting', network: null, settled: false }))

export type Reach = 'starting' | 'online' | 'offline' | 'lost'

export function reachOf({ bridge, network, settled }: Connection): Reach {
  if (bridge === 'lost') return 'lost'
  if (network?.online) return 'online'
  return network && settled ? 'offline' : 'starting'
}

export const useReach = (): Reach => useConnection(reachOf)

const refresher = new Refresher(async () => {
  const network = await call('network.status', {})
  useConnection.setState((before) => ({ network, settled: before.settled || network.online }))
}, 100)

export const refreshNetwork = () => refresher.want()

export function setBridgeState(bridge: BridgeState): void {
  useConnection.setState({ bridge })
  if (bridge === 'open') setTimeout(() => useConnection.setState({ settled: true }), SETTLE_MS)
}
