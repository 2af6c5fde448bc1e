import { ChevronLeft, PanelRight, UserPlus } from 'lucide-react'
import type { RoomView } from '../../../src-preload/contract/index.js'
import { useIsNarrow } from '../../lib/use-media.js'
import { openDialog, openRoom, toggleDetails, useView } from '../../state/view.js'
import { Button } from '../../ui/button.js'
import { IconButton } from '../../ui/icon-button.js'
import { t as invites } from '../invites/strings.js'
import { PeopleCount } from '../members/people-count.js'
import { roomTitle } from '../rooms/room-title.js'
import { KeepingLine } from '../root-peers/keeping-line.js'
import { t } from './strings.js'

/** The room's name, and below it the roots line and the people. */
export function ConversationHeader({ room }: { room: RoomView }) {
  const narrow = useIsNarrow()
  const details = useView((state) => state.details)
  const invite = () => openDialog({ kind: 'invite', roomId: room.roomId })
  return (
    <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line pr-3 pl-2 wide:pl-5">
      {narrow && (
        <IconButton label={t.back} onClick={() => openRoom(null)}>
          <ChevronLeft size={20} />
        </IconButton>
      )}
      <div className="min-w-0 flex-1">
        <h1 className="truncate text-title leading-[19px] font-semibold">
          <bdi>{roomTitle(room)}</bdi>
        </h1>
        <p className="flex min-w-0 items-center gap-2 text-small text-text-2">
          <KeepingLine room={room} />
          <span className="h-3 w-px shrink-0 bg-line-strong" aria-hidden />
          <span className="truncate tabular-nums">
            <PeopleCount room={room} />
          </span>
        </p>
      </div>
      {narrow ? (
        <IconButton label={invites.invite} onClick={invite}>
          <UserPlus size={18} />
        </IconButton>
      ) : (
        <Button onClick={invite} className="mr-1">
          <UserPlus size={16} aria-hidden />
          {invites.invite}
        </Button>
      )}
      <IconButton label={t.details} aria-pressed={details} onClick={toggleDetails}>
        <PanelRight size={18} />
      </IconButton>
    </header>
  )
}
