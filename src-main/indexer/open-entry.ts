/** One block of a log as the entry it holds. */
import type { Log } from '../log/log.js'
import { openBlock } from '../protocol/block.js'
import { decodeEntry, type Entry } from '../protocol/entry.js'
import type { RoomIndex } from './room-index.js'

/** Null for what cannot be opened or read: kept in the log, shown by nobody. */
export function openEntry(index: RoomIndex, log: Log, sequence: number, block: Buffer): Entry | null {
  try {
    const place = { roomId: index.keys.roomId, logKey: log.key, sequence }
    return decodeEntry(openBlock(block, place, index.keys.contentKey))
  } catch {
    return null
  }
}
