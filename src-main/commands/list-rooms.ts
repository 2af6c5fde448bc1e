/** `rooms.list`: every room with what its row shows. */
import type { RoomView } from '../../src-preload/contract/index.js'
import type { CommandContext } from './context.js'
import { readPage } from './page-messages.js'
import { roomView } from './views.js'

export function listRooms(context: CommandContext): { rooms: RoomView[] } {
  context.account()
  const rooms = context.rooms.all().map((room) => {
    const [lastMessage] = readPage(context, room, undefined, 1).messages
    return roomView(context, room, lastMessage)
  })
  return { rooms }
}
