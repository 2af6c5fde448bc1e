/** Names in a room the root peers that this person asked to keep it, so that every member finds them. */
import { equal } from '../protocol/bytes.js'
import type { CommandContext, OpenRoom } from './context.js'

export async function pinRootPeers(context: CommandContext, room: OpenRoom): Promise<void> {
  for (const key of context.store.settings.rootPeersOf(room.row.room)) {
    if (room.pinned.some((pinned) => equal(pinned, key))) continue
    await room.delivery.enqueue({ type: 'room', pin: key })
  }
}
