import { useEffect } from 'react'
import { roomTitle } from '../features/rooms/room-title.js'
import { useRoom, useRooms } from '../state/rooms.js'
import { useView } from '../state/view.js'

/** The window's title: how much is unread, and where one is. */
export function useTitle(): void {
  const room = useRoom(useView((state) => state.roomId))
  const unread = useRooms(({ rooms }) => rooms.reduce((sum, { unread }) => sum + unread, 0))
  const name = room && roomTitle(room)
  useEffect(() => {
    const count = unread > 0 ? `(${unread}) ` : ''
    document.title = `${count}${name ? `${name} · ` : ''}Mangrove`
  }, [name, unread])
}
