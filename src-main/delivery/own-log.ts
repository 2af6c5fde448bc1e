/** Whether an own log may be written again, and which outbox rows it holds already (DESIGN §5.3). */

import type { RoomIndex } from '../indexer/room-index.js'
import type { Log } from '../log/log.js'
import { openBlock } from '../protocol/block.js'
import { equal } from '../protocol/bytes.js'
import { decodeEntry } from '../protocol/entry.js'
import type { ClientId } from '../protocol/ids.js'
import type { OutboxRow, OwnLog } from '../store/outbox-table.js'

/** True if nothing says that this log was rolled back, replaced or retired since we last wrote it. */
export async function isIntact(own: OwnLog, log: Log): Promise<boolean> {
  if (log.quarantined || log.recovering || log.isRetired) return false
  if (log.length < own.length) return false
  if (own.length === 0 || !own.treeHash) return true
  return equal(await log.treeHashAt(own.length), own.treeHash)
}

/** Rows that were appended before a crash kept them from being marked: the log has their very bytes. */
export async function splitSettled(
  log: Log,
  rows: readonly OutboxRow[]
): Promise<{ settled: number; stray: OutboxRow[] }> {
  const inside = rows.filter((row) => row.sequence < log.length)
  const stray: OutboxRow[] = []
  for (const row of inside) {
    const [block] = await log.read(row.sequence, row.sequence + 1)
    if (!block || !equal(block, row.block)) stray.push(row)
  }
  return { settled: inside.length - stray.length, stray }
}

/** What was written once and is to be written again: an entry as it was encoded, and its client id. */
export interface Repeated {
  readonly clientId: ClientId
  readonly entry: Buffer
}

/** Entries of an own log from `from` on that say something in another log as well. */
export async function entriesFrom(index: RoomIndex, log: Log, from: number): Promise<Repeated[]> {
  const blocks = await log.read(from, log.length)
  return blocks.flatMap((block, i) => {
    const place = { roomId: index.keys.roomId, logKey: log.key, sequence: from + i }
    const entry = openBlock(block, place, index.keys.contentKey)
    const { clientId, body } = decodeEntry(entry)
    return body.type === 'hello' || body.type === 'receipt' ? [] : [{ clientId, entry }]
  })
}
