/** `rooms.leave`: hidden at once; goes on until the outbox is acknowledged, then signs `retired` and is removed. */
import { type CommandContext, roomOf } from './context.js'

export function leaveRoom(context: CommandContext, args: { roomId: string }): null {
  context.rooms.leave(roomOf(context, args.roomId))
  return null
}
