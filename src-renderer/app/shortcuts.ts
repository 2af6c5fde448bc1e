import { useEffect } from 'react'
import { useRooms } from '../state/rooms.js'
import { openDialog, openRoom, setDetails, useView } from '../state/view.js'

/** Keys that work everywhere: to the palette, to the room above or below, and back. */
export function useShortcuts(): void {
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented) return
  const { key } = event
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key.toLowerCase() === 'k') {
    event.preventDefault()
    return openDialog({ kind: 'palette' })
  }
  if (useView.getState().dialog) return
  if (event.altKey && !event.ctrlKey && (key === 'ArrowUp' || key === 'ArrowDown')) {
    event.preventDefault()
    return step(key === 'ArrowDown' ? 1 : -1)
  }
  if (key === 'Escape') back()
}

function step(by: 1 | -1): void {
  const { rooms } = useRooms.getState()
  const at = rooms.findIndex(({ roomId }) => roomId === useView.getState().roomId)
  const next = at < 0 ? rooms[0] : rooms[at + by]
  if (next) openRoom(next.roomId)
}

/** Where one pane covers another, Escape leads back to it. */
function back(): void {
  const { details, roomId } = useView.getState()
  if (details && !matchMedia('(width >= 1020px)').matches) setDetails(false)
  else if (roomId && matchMedia('(width < 720px)').matches) openRoom(null)
}
