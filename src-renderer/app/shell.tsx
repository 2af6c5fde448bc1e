/** Three panes where there is room, two where there is less, one at a time where there is little. */
import { type ReactNode, useEffect } from 'react'
import { AccountBar } from '../features/account/account-bar.js'
import { Conversation } from '../features/conversation/conversation.js'
import { Details } from '../features/conversation/details.js'
import { useNetworkToasts } from '../features/network/network-toasts.js'
import { FirstRoom } from '../features/onboarding/first-room.js'
import { JumpBox } from '../features/rooms/jump-box.js'
import { RoomList } from '../features/rooms/room-list.js'
import { useHasThree, useIsNarrow } from '../lib/use-media.js'
import { useRoom, useRooms } from '../state/rooms.js'
import { openRoom, useView } from '../state/view.js'
import { ErrorBoundary } from '../ui/error-boundary.js'
import { Dialogs } from './dialogs.js'
import { useShortcuts } from './shortcuts.js'
import { useTitle } from './title.js'

export function Shell() {
  const { rooms, loaded } = useRooms()
  useShortcuts()
  useTitle()
  useNetworkToasts()
  useKnownRoom()
  return (
    <>
      {loaded && <Panes empty={rooms.length === 0} />}
      <ErrorBoundary>
        <Dialogs />
      </ErrorBoundary>
    </>
  )
}

function Panes({ empty }: { empty: boolean }) {
  const narrow = useIsNarrow()
  const hasThree = useHasThree()
  const { roomId, details } = useView()
  const room = useRoom(roomId)
  const side = <Side empty={empty} narrow={narrow} />
  if (narrow && !room) return side
  return (
    <div className="flex h-full">
      {!narrow && <div className="h-full w-69 shrink-0 border-r border-line">{side}</div>}
      {(!room || hasThree || !details) && (
        <div className="min-w-0 flex-1">
          <ErrorBoundary resetKey={roomId}>
            {room ? <Conversation room={room} /> : empty && <FirstRoom />}
          </ErrorBoundary>
        </div>
      )}
      {room && details && (
        <Column wide={hasThree}>
          <ErrorBoundary resetKey={roomId}>
            <Details room={room} />
          </ErrorBoundary>
        </Column>
      )}
    </div>
  )
}

function Column({ wide, children }: { wide: boolean; children: ReactNode }) {
  return <div className={wide ? 'w-72 shrink-0 border-l border-line' : 'min-w-0 flex-1'}>{children}</div>
}

function Side({ empty, narrow }: { empty: boolean; narrow: boolean }) {
  return (
    <div className="flex h-full flex-col bg-side">
      <ErrorBoundary>
        <AccountBar />
        {!empty && <JumpBox />}
        {empty ? narrow && <FirstRoom /> : <RoomList />}
      </ErrorBoundary>
    </div>
  )
}

/** A room that was left elsewhere is closed; where there is space, the latest one is open instead of none. */
function useKnownRoom(): void {
  const { rooms, loaded } = useRooms()
  const roomId = useView((state) => state.roomId)
  const narrow = useIsNarrow()
  const known = rooms.some((room) => room.roomId === roomId)
  const latest = rooms[0]?.roomId ?? null
  useEffect(() => {
    if (loaded && !known && (roomId || (latest && !narrow))) openRoom(narrow ? null : latest)
  }, [loaded, known, roomId, latest, narrow])
}
