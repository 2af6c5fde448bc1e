/** `rooms.invite`: the link that lets whoever has it join. The one command that returns a secret. */
import { encodeInvite } from '../protocol/invite.js'
import { LIMITS } from '../protocol/limits.js'
import { type CommandContext, roomOf } from './context.js'
import { roomName } from './views.js'

export function createInvite(context: CommandContext, args: { roomId: string }): { link: string } {
  const room = roomOf(context, args.roomId)
  const { secret, creator } = room.keys
  const rootPeers = room.pinned.slice(0, LIMITS.inviteKeys - 1)
  const name = roomName(context.store, room)
  return { link: encodeInvite({ secret, creator, rootPeers, inviter: context.peers.publicKey, name }) }
}
