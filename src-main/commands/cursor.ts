/** Where a page goes on, as text that only we read. */
import { MangroveError } from '../lib/errors.js'
import type { Position } from '../store/messages-table.js'

export interface Cursor {
  /** Behind this outbox row: rows that wait were read down to it. */
  readonly outbox?: number
  /** Behind this position in the index: no row that waits is left to be read. */
  readonly position?: Position
  /**
   * Rows that waited were read down to this Lamport time. Should they be in a log by now, the index has them too, above
   * or below where reading goes on; they are not read twice.
   */
  readonly ownBelow?: number | undefined
}

export function encodeCursor({ outbox, position, ownBelow }: Cursor): string {
  const own = ownBelow === undefined ? '' : `.${ownBelow}`
  if (position) return `m.${position.lamport}.${position.sequence}.${position.logKey.toString('hex')}${own}`
  return `o.${outbox}${own}`
}

/** Throws BAD_ARGUMENT. */
export function decodeCursor(text: string): Cursor {
  const outbox = /^o\.(\d{1,15})\.(\d{1,16})$/.exec(text)
  if (outbox) return { outbox: Number(outbox[1]), ownBelow: Number(outbox[2]) }
  const found = /^m\.(\d{1,16})\.(\d{1,15})\.([0-9a-f]{64})(?:\.(\d{1,16}))?$/.exec(text)
  if (!found) throw new MangroveError('BAD_ARGUMENT', '`before` is not what a page returned as `next`.')
  const [, lamport, sequence, logKey, ownBelow] = found
  const position = {
    lamport: Number(lamport),
    sequence: Number(sequence),
    logKey: Buffer.from(logKey as string, 'hex')
  }
  return ownBelow === undefined ? { position } : { position, ownBelow: Number(ownBelow) }
}
