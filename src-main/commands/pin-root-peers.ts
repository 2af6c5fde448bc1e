/** Names in a room the root peers that this person asked to keep it, so that every member finds them. */
import type { CommandContext, OpenRoom } from './context.js'

export async function pinRootPeers(context: CommandContext, room: OpenRoom): Promise<void> {
  for (const key of context.store.settings.rootPeersOf(room.row.room)) {
    if (context.store.messages.field(room.row.room, 'pin', key) === 'pinned') continue
    await room.delivery.enqueue({ type: 'room', pin: key })
  }
}
