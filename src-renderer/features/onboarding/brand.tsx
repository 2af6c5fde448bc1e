import { RootsGlyph } from '../../ui/roots-glyph.js'

/** Mark and name. */
export function Brand() {
  return (
    <p className="flex items-center gap-2 text-title font-semibold">
      <RootsGlyph count={3} size={20} />
      Mangrove
    </p>
  )
}
