/** Who keeps a room, as one short line and one sentence. It claims no more than the acknowledgements say. */
import type { RoomView } from '../../../src-preload/contract/index.js'
import { t } from './strings.js'

export interface Keeping {
  /** Root peers that hold all of it. */
  count: number
  line: string
  about: string
}

export function keepingOf({ rootPeers, members }: Pick<RoomView, 'rootPeers' | 'members'>): Keeping {
  const count = rootPeers.filter(({ holdsAll }) => holdsAll).length
  if (count > 0)
    return { count, line: t.keptBy(count), about: [t.about1, t.about2, t.about3][Math.min(count, 3) - 1] ?? '' }
  if (rootPeers.length > 0) return { count, line: waitingLine(rootPeers), about: t.aboutWaiting }
  if (members > 1) return { count, line: t.keptByMembers, about: t.about0 }
  return { count, line: t.keptByNobody, about: t.about0Alone }
}

/** The best of their states is the one that counts. */
function waitingLine(rootPeers: RoomView['rootPeers']): string {
  const states = new Set(rootPeers.map(({ state }) => state))
  if (states.has('connected')) return t.catchingUp(rootPeers.length)
  if (states.has('connecting')) return t.reaching(rootPeers.length)
  if (states.has('unreachable')) return t.outOfReach(rootPeers.length)
  return t.refusedShort(rootPeers.length)
}
