import { MAX_TEXT_BYTES } from '../../../src-preload/contract/limits.js'
import { byteLength } from '../../lib/bytes.js'
import { formatNumber } from '../../lib/strings.js'
import { t } from './strings.js'

/** From here on it is told how much is left. */
const NEAR_BYTES = MAX_TEXT_BYTES * 0.9
/** A character has three bytes at most per UTF-16 unit: shorter texts need no count. */
const SURELY_FITS = NEAR_BYTES / 3

export interface Limit {
  over: boolean
  note: string | null
}

/** How a text stands to the 32 KiB that a message may have. */
export function limitOf(text: string): Limit {
  if (text.length <= SURELY_FITS) return { over: false, note: null }
  const size = byteLength(text)
  if (size > MAX_TEXT_BYTES) return { over: true, note: t.over(sizeText(size - MAX_TEXT_BYTES)) }
  return { over: false, note: size > NEAR_BYTES ? t.near(sizeText(MAX_TEXT_BYTES - size)) : null }
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return t.bytes(formatNumber(bytes))
  return t.kilobytes(formatNumber(Math.round(bytes / 102.4) / 10))
}
