/** `rooms.join`: opens the room of an invite. Returns at once, also offline; the rest comes when somebody is there. */

import { encodeKey } from '../protocol/ids.js'
import { decodeInvite } from '../protocol/invite.js'
import type { CommandContext } from './context.js'
import { decoded } from './decoded.js'
import { pinRootPeers } from './pin-root-peers.js'

export async function joinRoom(context: CommandContext, args: { link: string }): Promise<{ roomId: string }> {
  context.account()
  const room = await context.rooms.join(decoded(args.link, decodeInvite))
  await pinRootPeers(context, room)
  context.rooms.rootPeersChanged()
  return { roomId: encodeKey(room.keys.roomId) }
}
