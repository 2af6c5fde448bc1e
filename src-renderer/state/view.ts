/** What is in front of the person: the open room, the details, one dialog at most. */
import { create } from 'zustand'

export type DialogView =
  | { kind: 'create-room' }
  | { kind: 'join'; link: string }
  | { kind: 'invite'; roomId: string }
  | { kind: 'add-root-peer'; roomId: string | null }
  | { kind: 'leave'; roomId: string }
  | { kind: 'palette' }

interface View {
  roomId: string | null
  details: boolean
  dialog: DialogView | null
}

const ROOM_KEY = 'mangrove.room'
const DETAILS_KEY = 'mangrove.details'

const hasThree = () => matchMedia('(width >= 1020px)').matches

export const useView = create<View>(() => ({
  roomId: sessionStorage.getItem(ROOM_KEY),
  details: hasThree() && sessionStorage.getItem(DETAILS_KEY) !== 'closed',
  dialog: null
}))

/** Null: back to the list. Where the details cover the conversation, another room closes them. */
export function openRoom(roomId: string | null): void {
  if (roomId) sessionStorage.setItem(ROOM_KEY, roomId)
  else sessionStorage.removeItem(ROOM_KEY)
  useView.setState(({ details }) => ({ roomId, dialog: null, details: details && hasThree() }))
  requestAnimationFrame(focusComposer)
}

export function focusComposer(): void {
  document.getElementById('composer')?.focus({ preventScroll: true })
}

export function toggleDetails(): void {
  setDetails(!useView.getState().details)
}

export function setDetails(details: boolean): void {
  sessionStorage.setItem(DETAILS_KEY, details ? 'open' : 'closed')
  useView.setState({ details })
}

export const openDialog = (dialog: DialogView) => useView.setState({ dialog })
export const closeDialog = () => useView.setState({ dialog: null })
