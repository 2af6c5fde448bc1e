/** Goes on judging entries that were folded, and are shown, before what they name was here. */
import type { Judged, LogRow } from '../store/logs-table.js'
import type { Store } from '../store/store.js'
import { judgeNext } from './lamport.js'
import { openEntry } from './open-entry.js'
import type { RoomIndex } from './room-index.js'

/** Entries read at a time. */
const BATCH = 200

/** True if entries that are shown turned out to break the rule: the room is to be folded anew without them. */
export async function judgeWaiting(store: Store, index: RoomIndex): Promise<boolean> {
  let hides = false
  for (let went = true; went; ) {
    went = false
    const rows = store.logs.ofRoom(index.room)
    // Logs that were set aside and are fetched again: until they are here, nothing can be folded anew.
    if (rows.some((row) => row.folded > (index.replica.log(row.logKey)?.length ?? 0))) return hides
    for (const row of rows.filter(({ judged, folded }) => judged < folded)) {
      const step = await judgeLog(store, index, row)
      went ||= step.went
      hides ||= step.hides
    }
  }
  index.lamport = Math.max(index.lamport, store.logs.lamport(index.room))
  return hides
}

async function judgeLog(store: Store, index: RoomIndex, row: LogRow): Promise<{ went: boolean; hides: boolean }> {
  const log = index.replica.log(row.logKey)
  if (!log) return { went: false, hides: false }
  const violations: number[] = []
  let state: Judged = row
  for (const block of await log.read(row.judged, Math.min(row.folded, row.judged + BATCH))) {
    const sequence = state.judged
    const judged = await judgeNext(store, index, log, state, openEntry(index, log, sequence, block))
    if (judged.verdict === 'open') break
    if (judged.verdict === 'violated') violations.push(sequence)
    state = judged.state
  }
  const hides = violations.some((sequence) => !store.logs.isViolation(row.logKey, sequence))
  store.db.transaction(() => {
    for (const sequence of violations) store.logs.addViolation(index.room, row.logKey, sequence)
    store.logs.setJudged(row.log, state)
  })
  return { went: state.judged > row.judged, hides }
}
