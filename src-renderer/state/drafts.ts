/** What was begun in each room. It outlives a reload of the page, and nothing but sending or deleting ends it. */
import { create } from 'zustand'

const PREFIX = 'mangrove.draft.'

export const useDrafts = create<{ byRoom: Record<string, string> }>(() => ({ byRoom: readAll() }))

function readAll(): Record<string, string> {
  const drafts: Record<string, string> = {}
  for (let index = 0; index < sessionStorage.length; index++) {
    const key = sessionStorage.key(index)
    if (key?.startsWith(PREFIX)) drafts[key.slice(PREFIX.length)] = sessionStorage.getItem(key) ?? ''
  }
  return drafts
}

export const useDraft = (roomId: string): string => useDrafts(({ byRoom }) => byRoom[roomId] ?? '')

export function setDraft(roomId: string, text: string): void {
  useDrafts.setState(({ byRoom }) => ({ byRoom: { ...byRoom, [roomId]: text } }))
  try {
    if (text) sessionStorage.setItem(PREFIX + roomId, text)
    else sessionStorage.removeItem(PREFIX + roomId)
  } catch {
    // A full store costs the copy for a reload; the text itself stays in the field.
  }
}

/** A text that could not be sent comes back before whatever was begun meanwhile. */
export function restoreDraft(roomId: string, text: string): void {
  const begun = useDrafts.getState().byRoom[roomId] ?? ''
  setDraft(roomId, begun ? `${text}\n${begun}` : text)
}
