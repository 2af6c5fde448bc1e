import { Search } from 'lucide-react'
import { openDialog } from '../../state/view.js'
import { Keys } from '../../ui/keys.js'
import { t } from './strings.js'

const MODIFIER = /Mac|iP(?:hone|ad)/.test(navigator.platform) ? '⌘' : 'Ctrl'

/** Looks like a field and opens the palette. */
export function JumpBox() {
  return (
    <button
      type="button"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={() => openDialog({ kind: 'palette' })}
      className="mx-3 mb-1.5 flex h-8 shrink-0 items-center gap-2.5 rounded-m border border-line bg-hover pr-2 pl-3 text-mid text-text-2 hover:border-line-strong"
    >
      <Search size={15} aria-hidden />
      <span className="flex-1 text-start">{t.jump}</span>
      <Keys>{`${MODIFIER} K`}</Keys>
    </button>
  )
}
