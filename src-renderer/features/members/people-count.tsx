import type { RoomView } from '../../../src-preload/contract/index.js'
import { useMembersOf } from '../../state/members.js'
import { t } from './strings.js'

/** `6 people, 3 here`, oneself among them. */
export function PeopleCount({ room }: { room: RoomView }) {
  const members = useMembersOf(room.roomId)
  if (room.members <= 1 && members.length <= 1) return t.onlyYou
  if (members.length === 0) return t.count(room.members)
  return t.countHere(members.length, members.filter(({ here }) => here).length)
}
