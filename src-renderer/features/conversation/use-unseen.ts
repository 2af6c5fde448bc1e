import { useEffect, useRef, useState } from 'react'
import type { RoomView } from '../../../src-preload/contract/index.js'
import { useAttention } from '../../lib/use-attention.js'
import { useMe } from '../../state/account.js'
import { markRead, type RoomMessages } from '../../state/messages.js'
import { firstUnread, othersAfter, type Unseen } from './rows.js'

export interface UnseenState {
  unseen: Unseen | null
  /** Others' messages below what was seen last. */
  below: number
}

/**
 * Where the "new" line stands, and when messages are read: when somebody looks at the window and the newest is in
 * view. The line stays while the room is open, and moves when more comes unseen.
 */
export function useUnseen(room: RoomView, { messages, loaded }: RoomMessages, atBottom: boolean): UnseenState {
  const me = useMe()
  const seeing = useAttention() && atBottom
  const newest = messages.at(-1)?.id ?? null
  const [unseen, setUnseen] = useState<Unseen | null>(null)
  const [lastSeen, setLastSeen] = useState<string | null>(null)
  const opened = useRef(false)

  // On opening, the room's count says where what is new begins.
  useEffect(() => {
    if (opened.current || !loaded) return
    opened.current = true
    const first = firstUnread(messages, room.unread, me.id)
    if (first) setUnseen({ first, last: null })
    setLastSeen(newest)
  }, [loaded, messages, newest, room.unread, me.id])

  useEffect(() => {
    if (!loaded || !newest || !opened.current) return
    if (seeing) {
      setLastSeen(newest)
      setUnseen((before) => (before && !before.last ? { ...before, last: newest } : before))
      return
    }
    const [first] = othersAfter(messages, lastSeen, me.id)
    if (first) setUnseen((before) => (before && !before.last ? before : { first: first.id, last: null }))
  }, [seeing, loaded, newest, messages, lastSeen, me.id])

  const { roomId, unread } = room
  useEffect(() => {
    if (seeing && newest && unread > 0) void markRead(roomId, newest).catch(() => undefined) // the next one tries again
  }, [seeing, newest, unread, roomId])

  return { unseen, below: atBottom ? 0 : othersAfter(messages, lastSeen, me.id).length }
}
