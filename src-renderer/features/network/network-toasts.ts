import { useEffect, useRef } from 'react'
import { type Reach, useReach } from '../../state/connection.js'
import { showToast } from '../../state/toasts.js'
import { t } from './strings.js'

/** Tells changes of the connection, not its first state. */
export function useNetworkToasts(): void {
  const reach = useReach()
  const before = useRef<Reach>(reach)
  useEffect(() => {
    const text = noticeFor(before.current, reach)
    before.current = reach
    if (text) showToast(text)
  }, [reach])
}

function noticeFor(before: Reach, now: Reach): string | null {
  if (before === 'lost' && now !== 'lost') return t.backRunning
  if (before === 'online' && now === 'offline') return t.wentOffline
  if (before === 'offline' && now === 'online') return t.backOnline
  return null
}
