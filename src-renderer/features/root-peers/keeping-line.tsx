import type { RoomView } from '../../../src-preload/contract/index.js'
import { RootsGlyph } from '../../ui/roots-glyph.js'
import { keepingOf } from './keeping.js'

/** The roots line: glyph and words. */
export function KeepingLine({ room }: { room: RoomView }) {
  const { count, line } = keepingOf(room)
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <RootsGlyph count={count} />
      <span className="truncate">{line}</span>
    </span>
  )
}
