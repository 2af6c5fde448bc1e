/** `messages.read`: everything up to and including one message is read on this device. */
import { equal } from '../protocol/bytes.js'
import { decodeMessageId, messageId } from '../protocol/ids.js'
import { type CommandContext, notFound, roomOf } from './context.js'
import { decoded } from './decoded.js'

export function readMessages(context: CommandContext, args: { roomId: string; messageId: string }): null {
  const room = roomOf(context, args.roomId)
  const { store } = context
  const id = decoded(args.messageId, decodeMessageId)
  const found = store.messages.find(room.row.room, id)
  if (!found && !isWaiting(context, room.row.room, id)) throw notFound('message')
  const position = found ?? store.messages.page(room.row.room, null, 1)[0]
  if (!position) return null
  store.db.transaction(() => {
    for (const { logKey, length } of store.messages.lengthsUpTo(room.row.room, position)) {
      store.rooms.readMark(logKey, length)
    }
  })
  context.rooms.changed(room)
  return null
}

/** An own message that is in no log yet stands behind everything that is. */
function isWaiting(context: CommandContext, room: number, id: Buffer): boolean {
  const me = context.account().identityKey
  return context.store.outbox.waitingInRoom(room).some((row) => equal(messageId(me, row.clientId), id))
}
