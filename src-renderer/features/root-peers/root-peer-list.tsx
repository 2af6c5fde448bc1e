import type { RoomRootPeerView } from '../../../src-preload/contract/index.js'
import { shortKey } from '../../lib/people.js'
import { RootsGlyph } from '../../ui/roots-glyph.js'
import { t } from './strings.js'

/** The root peers of one room. They have no names, so their keys' ends tell them apart. */
export function RootPeerList({ rootPeers }: { rootPeers: RoomRootPeerView[] }) {
  return (
    <ul>
      {rootPeers.map((rootPeer) => (
        <li key={rootPeer.key} className="flex h-12 items-center gap-2.5">
          <span className="flex size-7 shrink-0 items-center justify-center">
            <RootsGlyph count={rootPeer.holdsAll ? 3 : 0} size={20} />
          </span>
          <div className="min-w-0">
            <p className="truncate" title={rootPeer.key}>
              {t.rootPeer} <span className="font-mono text-small text-text-2">{shortKey(rootPeer.key)}</span>
            </p>
            <p className="truncate text-small text-text-2">{stateText(rootPeer)}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}

function stateText({ state, holdsAll }: RoomRootPeerView): string {
  if (state === 'refused') return t.refused
  if (holdsAll) return state === 'connected' ? t.holdsAll : t.holdsAllAway
  return t[state]
}
