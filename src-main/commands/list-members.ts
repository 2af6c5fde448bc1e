/** `rooms.members`: the people of a room, oneself first, then who is here, then by name. */
import type { MemberView } from '../../src-preload/contract/index.js'
import { equal } from '../protocol/bytes.js'
import { encodeKey } from '../protocol/ids.js'
import { type CommandContext, roomOf } from './context.js'

export function listMembers(context: CommandContext, args: { roomId: string }): { members: MemberView[] } {
  const room = roomOf(context, args.roomId)
  const me = context.account()
  const identities = context.store.logs.identities(room.row.room)
  const others = identities.filter((identity) => !equal(identity, me.identityKey))
  const views = others.map((identity) => ({
    id: encodeKey(identity),
    name: context.store.messages.field(room.row.room, 'member', identity) ?? '',
    here: room.isHere(identity)
  }))
  const sorted = views.sort((a, b) => Number(b.here) - Number(a.here) || a.name.localeCompare(b.name))
  return { members: [{ id: encodeKey(me.identityKey), name: me.name, here: true }, ...sorted] }
}
