import type { MemberView } from '../../../src-preload/contract/index.js'
import { useMe } from '../../state/account.js'
import { useReach } from '../../state/connection.js'
import { useMembersOf } from '../../state/members.js'
import { Avatar } from '../../ui/avatar.js'
import { t } from './strings.js'

/** The people of a room: who is here comes first. */
export function MemberList({ roomId }: { roomId: string }) {
  const members = useMembersOf(roomId)
  const me = useMe()
  const online = useReach() === 'online'
  return (
    <ul>
      {members.map((member) => (
        <li key={member.id} className="flex h-12 items-center gap-2.5">
          <Avatar id={member.id} name={member.name} kind="person" size={28} here={member.here && online} />
          <div className="min-w-0">
            <p className="truncate">
              <bdi>{member.name || t.unnamed}</bdi>
            </p>
            <p className="text-small text-text-2">{presence(member, me.id)}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}

function presence({ id, here }: MemberView, me: string): string {
  if (id === me) return t.you
  return here ? t.here : t.away
}
