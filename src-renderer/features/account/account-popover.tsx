import { Settings } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import type { RootPeerView } from '../../../src-preload/contract/index.js'
import { shortKey } from '../../lib/people.js'
import { useMe } from '../../state/account.js'
import { useRootPeers } from '../../state/root-peers.js'
import { openDialog } from '../../state/view.js'
import { TextButton } from '../../ui/button.js'
import { CopyButton } from '../../ui/copy-button.js'
import { IconButton } from '../../ui/icon-button.js'
import { RootsGlyph } from '../../ui/roots-glyph.js'
import { t as words } from '../root-peers/strings.js'
import { t } from './strings.js'

/** My id, and the root peers that I know. */
export function AccountPopover() {
  const [open, setOpen] = useState(false)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <IconButton label={t.open} className="-mr-1">
          <Settings size={18} />
        </IconButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={12}
          aria-label={t.open}
          className="z-30 w-80 max-w-[calc(100vw-24px)] animate-rise rounded-l border border-line bg-raise p-4 shadow-float outline-none"
        >
          <Identity />
          <KnownRootPeers onAdd={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Identity() {
  const { id } = useMe()
  return (
    <section>
      <h2 className="font-semibold">{t.id}</h2>
      <p className="mt-1 rounded-s bg-sink px-2 py-1.5 font-mono text-small break-all select-all">{id}</p>
      <p className="mt-1.5 text-small text-text-2">{t.idHint}</p>
      <CopyButton className="mt-2.5" text={id} label={t.copy} done={t.copied} />
    </section>
  )
}

function KnownRootPeers({ onAdd }: { onAdd(): void }) {
  const rootPeers = useRootPeers((state) => state.rootPeers)
  const add = () => {
    onAdd()
    openDialog({ kind: 'add-root-peer', roomId: null })
  }
  return (
    <section className="mt-4 border-t border-line pt-3.5">
      <h2 className="font-semibold">{t.rootPeers}</h2>
      {rootPeers.length === 0 && <p className="mt-0.5 text-mid text-text-2">{t.noRootPeers}</p>}
      <ul className="max-h-60 overflow-y-auto">
        {rootPeers.map((rootPeer) => (
          <KnownRootPeer key={rootPeer.key} rootPeer={rootPeer} />
        ))}
      </ul>
      <TextButton className="mt-1.5" onClick={add}>
        {t.add}
      </TextButton>
    </section>
  )
}

function KnownRootPeer({ rootPeer }: { rootPeer: RootPeerView }) {
  const { key, state, rooms } = rootPeer
  return (
    <li className="flex h-11 items-center gap-2.5">
      <RootsGlyph count={state === 'connected' ? 3 : 0} size={18} />
      <div className="min-w-0">
        <p className="font-mono text-small" title={key}>
          {shortKey(key)}
        </p>
        <p className="truncate text-small text-text-2">
          {stateText(state)}, {words.rooms(rooms)}
        </p>
      </div>
    </li>
  )
}

function stateText(state: RootPeerView['state']): string {
  if (state === 'connected') return words.stateConnected
  return state === 'refused' ? words.stateRefused : words[state]
}
