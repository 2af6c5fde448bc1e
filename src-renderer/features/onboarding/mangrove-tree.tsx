/** The picture of the first page: the mark, grown up. */

const CROWN =
  'M150 250C96 256 52 230 52 190c0-38 34-64 74-62 2-44 44-76 94-70 22-30 98-34 128 4 48-4 86 24 88 62 44-4 78 24 78 62 0 42-42 70-92 62-24 22-66 26-92 8-24 18-70 20-96 2-24 12-60 10-84-8Z'

export function MangroveTree() {
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: a picture beside the words
    <svg viewBox="0 0 566 560" className="max-h-[600px] w-full max-w-[520px]" fill="none">
      <path d={CROWN} className="fill-accent" />
    </svg>
  )
}
