import { useSyncExternalStore } from 'react'

const EVENTS = ['focus', 'blur'] as const

function subscribe(changed: () => void): () => void {
  for (const event of EVENTS) window.addEventListener(event, changed)
  document.addEventListener('visibilitychange', changed)
  return () => {
    for (const event of EVENTS) window.removeEventListener(event, changed)
    document.removeEventListener('visibilitychange', changed)
  }
}

const isAttended = () => document.visibilityState === 'visible' && document.hasFocus()

/** Is somebody looking at this window? Only then is a message read. */
export function useAttention(): boolean {
  return useSyncExternalStore(subscribe, isAttended)
}
