import { CheckCheck, Clock } from 'lucide-react'
import type { MessageState as State } from '../../../src-preload/contract/index.js'
import { RootsGlyph } from '../../ui/roots-glyph.js'
import { t } from './strings.js'

/** Where an own message has got to, in a quiet column. `keepers`: the root peers that hold all of the room. */
export function MessageState({ state, keepers }: { state: State; keepers: number }) {
  return (
    <span
      className="flex items-center gap-1.5 text-small text-text-3 select-none"
      title={t[`${state}Long`]}
      data-state={state}
    >
      {state === 'saved' && <Clock size={13} aria-hidden />}
      {state === 'stored' && <RootsGlyph count={Math.max(1, keepers)} size={14} />}
      {state === 'received' && <CheckCheck size={15} className="text-accent" aria-hidden />}
      {t[state]}
    </span>
  )
}
