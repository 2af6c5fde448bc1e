/** A QR code as one path: nothing of it comes from outside and no image has to be allowed. */
import { create } from 'qrcode'
import { t } from './strings.js'

/** Light modules around it, as scanners want them. */
const QUIET = 3

export function QrCode({ text, size }: { text: string; size: number }) {
  const { modules } = create(text, { errorCorrectionLevel: 'L' })
  const side = modules.size + QUIET * 2
  return (
    <svg
      role="img"
      aria-label={t.qr}
      viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
      className="rounded-m bg-qr-ground"
    >
      <path d={pathOf(modules)} className="fill-qr" />
    </svg>
  )
}

/** Runs of dark modules, row by row. */
function pathOf(modules: { size: number; get(row: number, column: number): number }): string {
  const { size } = modules
  let path = ''
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const start = column
      while (column < size && modules.get(row, column)) column++
      if (column > start) path += `M${start} ${row}h${column - start}v1h${start - column}z`
    }
  }
  return path
}
