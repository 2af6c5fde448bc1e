/**
 * The Lamport rule (DESIGN §3): an entry's time is at most 2^20 above the larger of what its log had before and the
 * entries its `heads` name. A log is judged from its first entry on, each entry once the logs it needs are judged so
 * far; what was found to break the rule is hidden and justifies nothing. So verdicts never change, and every replica
 * with the same logs comes to the same ones.
 */

import type { Log } from '../log/log.js'
import type { Entry, Head } from '../protocol/entry.js'
import { LIMITS } from '../protocol/limits.js'
import type { Judged } from '../store/logs-table.js'
import type { Store } from '../store/store.js'
import { logByPrefix } from './log-names.js'
import { openEntry } from './open-entry.js'
import type { RoomIndex } from './room-index.js'

/** `open`: it names what is not here, or is not judged itself. */
export type Verdict = 'holds' | 'violated' | 'open'

/** Judges the next entry of a log, given how far that log is judged. `entry` is null if nobody can open it. */
export async function judgeNext(
  store: Store,
  index: RoomIndex,
  log: Log,
  state: Judged,
  entry: Entry | null
): Promise<{ verdict: Verdict; state: Judged }> {
  if (store.logs.isViolation(log.key, state.judged)) return { verdict: 'violated', state: passed(state) }
  if (!entry) return { verdict: 'holds', state: passed(state) }
  const verdict = await judge(store, index, entry, state.lamport)
  if (verdict === 'open') return { verdict, state }
  return { verdict, state: verdict === 'holds' ? raised(state, entry.lamport) : passed(state) }
}

/** An entry that holds counts from now on. */
export function raised(state: Judged, lamport: number): Judged {
  const judged = state.judged + 1
  return lamport > state.lamport ? { judged, lamport, peak: judged } : passed(state)
}

function passed({ judged, lamport, peak }: Judged): Judged {
  return { judged: judged + 1, lamport, peak }
}

async function judge(store: Store, index: RoomIndex, entry: Entry, before: number): Promise<Verdict> {
  if (entry.lamport <= before + LIMITS.lamportStep) return 'holds'
  let open = false
  for (const head of entry.heads) {
    const named = await namedLamport(store, index, head)
    if (named === null) open = true
    else if (entry.lamport <= named + LIMITS.lamportStep) return 'holds'
  }
  return open ? 'open' : 'violated'
}

/** The Lamport time of the entry a head names; 0 if it counts for nothing, null if that is not known yet. */
async function namedLamport(store: Store, index: RoomIndex, head: Head): Promise<number | null> {
  if (head.length === 0) return 0
  const log = logByPrefix(index, head.log)
  if (!log || (store.logs.find(log.key)?.judged ?? 0) < head.length) return null
  if (store.logs.isViolation(log.key, head.length - 1)) return 0
  const [block] = await log.read(head.length - 1, head.length)
  if (!block) return null
  return openEntry(index, log, head.length - 1, block)?.lamport ?? 0
}
