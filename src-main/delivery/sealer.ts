/** Makes entries of this device: Lamport time, heads, client id, and the sealed block for one place in its log. */

import type { RoomIndex } from '../indexer/room-index.js'
import { sealBlock } from '../protocol/block.js'
import { randomBytes } from '../protocol/crypto.js'
import { type Body, encodeEntry, type Head } from '../protocol/entry.js'
import { CLIENT_ID_BYTES, type LogKey, logPrefix } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { LogRow } from '../store/logs-table.js'
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
 * Whatever raised the room's Lamport time since then is named, so that the next entry keeps to the Lamport rule.
 * Must run inside the transaction that keeps the entry.
 */
export function takeHeads(store: Store, index: RoomIndex, ownLog: LogKey): Head[] {
  const grown = store.logs
    .ofRoom(index.room)
    .filter((log) => log.folded > log.told && !log.logKey.equals(ownLog))
    .sort((a, b) => b.folded - b.told - (a.folded - a.told))
  const ahead = logAhead(grown)
  // Its last entry need not be the one with the highest time, so that one is named as well.
  const peak = ahead && ahead.peak < ahead.folded ? [head(ahead, ahead.peak)] : []
  const first = ahead ? [ahead, ...grown.filter((log) => log !== ahead)] : grown
  const told = first.slice(0, LIMITS.entryHeads - peak.length)
  for (const log of told) store.logs.setTold(log.log, log.folded)
  return [...peak, ...told.map((log) => head(log, log.folded))]
}

/** The log with the highest Lamport time, if this device's entries have not named that yet. */
function logAhead(grown: readonly LogRow[]): LogRow | null {
  const untold = grown.filter((log) => log.peak > log.told)
  return untold.reduce<LogRow | null>((best, log) => (best && best.lamport >= log.lamport ? best : log), null)
}

function head({ logKey }: LogRow, length: number): Head {
  return { log: Buffer.from(logPrefix(logKey)), length }
}
