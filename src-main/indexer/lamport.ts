/**
 * The Lamport rule (DESIGN §3): an entry's time is at most 2^20 above the larger of its author's previous entry and
 * the entries its `heads` name. Judged once those are here.
 */

import type { Log } from '../log/log.js'
import { openBlock } from '../protocol/block.js'
import type { Entry } from '../protocol/entry.js'
import { decodeEntry } from '../protocol/entry.js'
import { LIMITS } from '../protocol/limits.js'
import type { RoomIndex } from './room-index.js'

export type Verdict = 'holds' | 'violated' | 'open'

export async function judgeLamport(index: RoomIndex, entry: Entry, previous: number): Promise<Verdict> {
  if (entry.lamport <= previous + LIMITS.lamportStep) return 'holds'
  let open = false
  for (const head of entry.heads) {
    const named = await namedLamport(index, head)
    if (named === null) open = true
    else if (entry.lamport <= named + LIMITS.lamportStep) return 'holds'
  }
  return open ? 'open' : 'violated'
}

/** The Lamport time of the entry a head names; null if it is not here. */
async function namedLamport(index: RoomIndex, head: { log: Buffer; length: number }): Promise<number | null> {
  const log = logByPrefix(index, head.log)
  if (!log || head.length === 0 || head.length > log.length) return null
  return lamportAt(index, log, head.length - 1)
}

/** Of an entry that nobody can open, 0: it names nothing. */
export async function lamportAt(index: RoomIndex, log: Log, sequence: number): Promise<number | null> {
  const [block] = await log.read(sequence, sequence + 1)
  if (!block) return null
  try {
    const place = { roomId: index.keys.roomId, logKey: log.key, sequence }
    return decodeEntry(openBlock(block, place, index.keys.contentKey)).lamport
  } catch {
    return 0
  }
}

export function logByPrefix(index: RoomIndex, prefix: Buffer): Log | null {
  for (const log of index.replica.logs.values()) if (log.key.subarray(0, prefix.byteLength).equals(prefix)) return log
  return null
}
