/** `messages.send`: returns once the message is saved. */
import { encodeMessageId } from '../protocol/ids.js'
import { type CommandContext, roomOf } from './context.js'

export async function sendMessage(
  context: CommandContext,
  args: { roomId: string; text: string }
): Promise<{ messageId: string }> {
  const room = roomOf(context, args.roomId)
  const id = await room.delivery.enqueue({ type: 'text', text: args.text })
  return { messageId: encodeMessageId(id) }
}
