/** `network.status`: whether this machine reaches anybody. */
import type { NetworkStatusView } from '../../src-preload/contract/index.js'
import { hex } from '../protocol/bytes.js'
import type { CommandContext } from './context.js'

export function getNetworkStatus(context: CommandContext): NetworkStatusView {
  const { peers, store } = context
  const rooms = context.hasAccount ? context.rooms.all() : []
  const keys = [...store.settings.rootPeers().map(({ key }) => key), ...rooms.flatMap((room) => room.pinned)]
  const rootPeers = new Map(keys.map((key) => [hex(key), peers.rootPeerState(key)]))
  const connected = [...rootPeers.values()].filter((state) => state === 'connected').length
  return { online: peers.online, peers: peers.peers, rootPeers: connected }
}
