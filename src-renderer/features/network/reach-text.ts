import { type Reach, useConnection, useReach } from '../../state/connection.js'
import { t } from './strings.js'

/** Whether I am online, in a few words. */
export function useReachText(): string {
  const reach = useReach()
  const count = useConnection(({ network }) => network?.peers ?? 0)
  return reachText(reach, count)
}

function reachText(reach: Reach, count: number): string {
  return reach === 'online' ? t.online(count) : t[reach]
}
