import type { RoomView } from '../../../src-preload/contract/index.js'
import { openDialog } from '../../state/view.js'
import { TextButton } from '../../ui/button.js'
import { RootsGlyph } from '../../ui/roots-glyph.js'
import { keepingOf } from './keeping.js'
import { t } from './strings.js'

/** Says who keeps the room and what that means. */
export function KeepingCard({ room }: { room: RoomView }) {
  const { count, line, about } = keepingOf(room)
  return (
    <section className="flex gap-3.5 rounded-l border border-line bg-raise p-4 pt-3">
      <RootsGlyph count={count} size={28} className="mt-0.5" />
      <div className="min-w-0">
        <h3 className="font-semibold">{line}</h3>
        <p className="mt-px text-mid leading-[17px] text-text-2">{about}</p>
        <TextButton className="mt-1.5" onClick={() => openDialog({ kind: 'add-root-peer', roomId: room.roomId })}>
          {t.add}
        </TextButton>
      </div>
    </section>
  )
}
