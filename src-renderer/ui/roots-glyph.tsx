/**
 * The roots glyph: a crown over three prop roots, one in the accent for each root peer that holds all of it. It is
 * never alone at first sight: words stand beside it, and where they do it is hidden from screen readers.
 */
import { cx } from './cx.js'

const CROWN = 'M3.6 9.6C3.6 5.5 7.2 2.4 12 2.4s8.4 3.1 8.4 7.2c0 .5-.4.9-.9.9h-15c-.5 0-.9-.4-.9-.9Z'
/** The trunk first: with one root peer it is the one that stands. */
const ROOTS = ['M12 10.2v11.2', 'M12 12.6c-4 .2-6.7 3.6-7 8.8', 'M12 12.6c4 .2 6.7 3.6 7 8.8'] as const

export interface RootsGlyphProps {
  /** How many root peers hold all of it. */
  count: number
  size?: number
  /** Only where no words stand beside it. */
  label?: string
  className?: string
}

export function RootsGlyph({ count, size = 16, label, className }: RootsGlyphProps) {
  const named = label ? ({ role: 'img', 'aria-label': label } as const) : ({ 'aria-hidden': true } as const)
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it is named or hidden as above
    <svg viewBox="0 0 24 24" width={size} height={size} fill="none" className={cx('shrink-0', className)} {...named}>
      <g strokeWidth="2.3" strokeLinecap="round">
        {ROOTS.map((root, index) => index >= count && <path key={root} d={root} className="stroke-root-missing" />)}
        {ROOTS.map((root, index) => index < count && <path key={root} d={root} className="stroke-accent" />)}
      </g>
      <path d={CROWN} className={count > 0 ? 'fill-accent' : 'fill-root-missing'} />
    </svg>
  )
}
