import { useSyncExternalStore } from 'react'

/** Does the media query match now? */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches
  )
}

/** Below it one pane at a time is shown. */
export const useIsNarrow = () => useMedia('(width < 720px)')
/** From here on the details have a column of their own. */
export const useHasThree = () => useMedia('(width >= 1020px)')
