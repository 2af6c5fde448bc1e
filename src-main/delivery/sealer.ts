/** Makes entries of this device: Lamport time, heads, client id, and the sealed block for one place in its log. */

import type { RoomIndex } from '../indexer/room-index.js'
import { sealBlock } from '../protocol/block.js'
import { randomBytes } from '../protocol/crypto.js'
import { type Body, encodeEntry, type Head } from '../protocol/entry.js'
import { CLIENT_ID_BYTES, type LogKey, logPrefix } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { Store } from '../store/store.js'

export interface Sealed {
  readonly clientId: Buffer
  readonly entry: Buffer
  readonly block: Buffer
}

export function sealBody(
  index: RoomIndex,
  logKey: LogKey,
  sequence: number,
  body: Body,
  heads: readonly Head[],
  at: { lamport: number; time: number }
): Sealed {
  const clientId = randomBytes(CLIENT_ID_BYTES)
  const entry = encodeEntry({ clientId, lamport: at.lamport, time: at.time, heads, body })
  return { clientId, entry, block: sealEntry(index, logKey, sequence, entry) }
}

/** Seals an encoded entry for a place, also one that it was sealed for elsewhere before. */
export function sealEntry(index: RoomIndex, logKey: LogKey, sequence: number, entry: Buffer): Buffer {
  return sealBlock(entry, { roomId: index.keys.roomId, logKey, sequence }, index.keys.contentKey)
}

/**
 * The logs that grew since this device's last entry, the most grown first, at most 64; remembers that they were told.
 * Must run inside the transaction that keeps the entry.
 */
export function takeHeads(store: Store, index: RoomIndex, ownLog: LogKey): Head[] {
  const grown = store.logs
    .ofRoom(index.room)
    .filter((log) => log.folded > log.told && !log.logKey.equals(ownLog))
    .sort((a, b) => b.folded - b.told - (a.folded - a.told))
    .slice(0, LIMITS.entryHeads)
  for (const log of grown) store.logs.setTold(log.log, log.folded)
  return grown.map((log) => ({ log: Buffer.from(logPrefix(log.logKey)), length: log.folded }))
}
