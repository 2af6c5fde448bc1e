import { Plus } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useNow } from '../../lib/use-now.js'
import { useRooms } from '../../state/rooms.js'
import { openDialog, useView } from '../../state/view.js'
import { IconButton } from '../../ui/icon-button.js'
import { RoomRow } from './room-row.js'
import { t } from './strings.js'

/** The rooms, the latest first. Arrow keys move among them. */
export function RoomList() {
  const rooms = useRooms((state) => state.rooms)
  const roomId = useView((state) => state.roomId)
  const now = useNow()
  return (
    <nav aria-label={t.rooms} className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-9 shrink-0 items-center pr-3 pl-4">
        <h2 className="flex-1 text-mid font-medium text-text-2">{t.rooms}</h2>
        <IconButton label={t.start} className="size-7" onClick={() => openDialog({ kind: 'create-room' })}>
          <Plus size={16} />
        </IconButton>
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto px-2 pb-2" onKeyDown={moveFocus}>
        {rooms.map((room) => (
          <li key={room.roomId}>
            <RoomRow room={room} active={room.roomId === roomId} now={now} />
          </li>
        ))}
      </ul>
    </nav>
  )
}

function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const next = rows[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}
