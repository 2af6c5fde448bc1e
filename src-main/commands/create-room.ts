/** `rooms.create`: a room with a random secret, of which this identity is the creator. */
import { randomBytes } from '../protocol/crypto.js'
import { encodeKey } from '../protocol/ids.js'
import type { CommandContext } from './context.js'
import { pinRootPeers } from './pin-root-peers.js'

export async function createRoom(context: CommandContext, args: { name: string }): Promise<{ roomId: string }> {
  const creator = context.account().identityKey
  const secret = randomBytes(32)
  const room = await context.rooms.join({ secret, creator, name: args.name, rootPeers: [], inviter: null })
  await room.delivery.enqueue({ type: 'room', name: args.name })
  await pinRootPeers(context, room)
  context.rooms.rootPeersChanged()
  return { roomId: encodeKey(room.keys.roomId) }
}
