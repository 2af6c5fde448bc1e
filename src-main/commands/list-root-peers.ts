/** `rootPeers.list`: those this person added, and those that others pinned in a room of theirs. */
import type { RootPeerView } from '../../src-preload/contract/index.js'
import { hex } from '../protocol/bytes.js'
import { encodeKey } from '../protocol/ids.js'
import type { CommandContext } from './context.js'

export function listRootPeers(context: CommandContext): { rootPeers: RootPeerView[] } {
  context.account()
  const rooms = new Map<string, number>()
  for (const { key } of context.store.settings.rootPeers()) rooms.set(hex(key), 0)
  for (const room of context.rooms.all()) {
    for (const key of room.pinned) rooms.set(hex(key), (rooms.get(hex(key)) ?? 0) + 1)
  }
  const rootPeers = [...rooms].map(([text, count]) => {
    const key = Buffer.from(text, 'hex')
    return { key: encodeKey(key), state: context.peers.rootPeerState(key), rooms: count }
  })
  return { rootPeers }
}
