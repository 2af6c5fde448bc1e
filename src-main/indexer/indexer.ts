/**
 * Folds logs into the store: opens blocks, verifies entries, and commits rows in small transactions, so that the event
 * loop stays free. One room is folded at a time by one loop; what came meanwhile is folded in the next round.
 */
import { Emitter } from '../lib/emitter.js'
import type { Logger } from '../lib/logger.js'
import type { Log } from '../log/log.js'
import type { Entry } from '../protocol/entry.js'
import type { Judged } from '../store/logs-table.js'
import type { Store } from '../store/store.js'
import { type Change, Folding } from './fold-entry.js'
import { judgeWaiting } from './judge-waiting.js'
import { judgeNext, raised } from './lamport.js'
import { openEntry } from './open-entry.js'
import type { Folded, RoomIndex } from './room-index.js'

/** Entries to one transaction: about 5 ms of work. */
const BATCH = 200
/**
 * Logs that share a transaction: what was written at one time lies together in the index, so a few entries of several
 * logs change fewer pages than many of one, and each changed page is encrypted and written.
 */
const LOGS_A_BATCH = 10
const RETRY_MS = 1000

export interface IndexerEvents {
  folded: Folded
}

/** Entries of a log from `start` on, null for what is hidden or nobody can open, and how far the log is judged then. */
interface Opened {
  readonly log: Log
  readonly start: number
  readonly entries: readonly (Entry | null)[]
  readonly violations: readonly number[]
  readonly judged: Judged
}

export class Indexer extends Emitter<IndexerEvents> {
  readonly #store: Store
  readonly #logger: Logger
  readonly #dirty = new Map<RoomIndex, Set<Log>>()
  readonly #loops = new Map<RoomIndex, Promise<void>>()
  readonly #retries = new Set<NodeJS.Timeout>()
  #closed = false

  constructor(store: Store, logger: Logger) {
    super((error) => logger.error({ err: error }, 'an index listener failed'))
    this.#store = store
    this.#logger = logger
  }

  /** Folds what is new of this log, soon. */
  fold(index: RoomIndex, log: Log): void {
    const dirty = this.#dirty.get(index) ?? new Set<Log>()
    this.#dirty.set(index, dirty)
    dirty.add(log)
    this.#start(index)
  }

  /** Resolves when all logs of the room are folded as far as they are here. */
  async foldRoom(index: RoomIndex): Promise<void> {
    for (const log of index.replica.logs.values()) this.fold(index, log)
    while (this.#loops.has(index)) await this.#loops.get(index)
  }

  /**
   * Folds own entries that were just appended, from `start` of their log. Must run inside the transaction that also
   * keeps the log's high-water mark.
   */
  foldOwn(index: RoomIndex, log: Log, start: number, entries: readonly Entry[]): Change {
    const row = this.#store.logs.ensure(index.room, log.key)
    // Own entries hold: `takeHeads` sees to it. Behind one that is still judged they wait their turn.
    const judged = entries.reduce((state: Judged, { lamport }) => raised(state, lamport), row)
    return this.#write(index, { log, start, entries, violations: [], judged: row.judged === start ? judged : row })
  }

  /** Drops what was folded of a room and folds its logs again. */
  async refold(index: RoomIndex): Promise<void> {
    this.#store.db.transaction(() => this.#store.logs.resetRoom(index.room))
    await this.foldRoom(index)
  }

  /** Stops after the transaction under way. */
  async close(): Promise<void> {
    this.#closed = true
    for (const timer of this.#retries) clearTimeout(timer)
    await Promise.all(this.#loops.values())
  }

  /** One loop a room; what became dirty while the last one ended starts the next. */
  #start(index: RoomIndex): void {
    if (this.#closed || this.#loops.has(index)) return
    const loop = this.#loop(index)
      .catch((error) => this.#failed(index, error))
      .finally(() => {
        this.#loops.delete(index)
        if ((this.#dirty.get(index)?.size ?? 0) > 0 && this.#retries.size === 0) this.#start(index)
      })
    this.#loops.set(index, loop)
  }

  /** A full disk, most likely: the logs have everything, so it is tried again. */
  #failed(index: RoomIndex, error: unknown): void {
    this.#logger.error({ err: error }, 'a room could not be folded; it is tried again')
    const timer = setTimeout(() => {
      this.#retries.delete(timer)
      for (const log of index.replica.logs.values()) this.fold(index, log)
    }, RETRY_MS)
    this.#retries.add(timer)
  }

  async #loop(index: RoomIndex): Promise<void> {
    const dirty = this.#dirty.get(index) ?? new Set<Log>()
    while (dirty.size > 0 && !this.#closed) {
      const logs = [...dirty].slice(0, LOGS_A_BATCH)
      for (const log of logs) dirty.delete(log)
      for (const log of await this.#foldBatch(index, logs)) dirty.add(log)
      if (dirty.size === 0 && (await judgeWaiting(this.#store, index))) this.#refoldLater(index)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  /** Folds some of each of these logs; returns those that have more. */
  async #foldBatch(index: RoomIndex, logs: readonly Log[]): Promise<Log[]> {
    const most = Math.ceil(BATCH / logs.length)
    const opened: Opened[] = []
    for (const log of logs) opened.push(await this.#open(index, log, most))
    const grown = opened.filter(({ entries }) => entries.length > 0)
    const changes = this.#store.db.transaction(() => grown.map((each) => this.#write(index, each)))
    for (const [i, change] of changes.entries()) {
      this.emit('folded', { index, log: (grown[i] as Opened).log, ...change })
    }
    return grown.filter(({ log, start, entries }) => start + entries.length < log.length).map(({ log }) => log)
  }

  async #open(index: RoomIndex, log: Log, most: number): Promise<Opened> {
    const row = this.#store.logs.ensure(index.room, log.key)
    const blocks = await log.read(row.folded, Math.min(log.length, row.folded + most))
    const entries: (Entry | null)[] = []
    const violations: number[] = []
    let state: Judged = row
    for (const [i, block] of blocks.entries()) {
      const sequence = row.folded + i
      const entry = openEntry(index, log, sequence, block)
      const judged = state.judged === sequence ? await judgeNext(this.#store, index, log, state, entry) : null
      if (judged) state = judged.state
      if (judged?.verdict === 'violated') violations.push(sequence)
      const hidden = judged?.verdict === 'violated' || this.#store.logs.isViolation(log.key, sequence)
      entries.push(hidden ? null : entry)
    }
    return { log, start: row.folded, entries, violations, judged: state }
  }

  /** Inside a transaction: rows of the entries, and how far the log is folded and judged. */
  #write(index: RoomIndex, { log, start, entries, violations, judged }: Opened): Change {
    const row = this.#store.logs.ensure(index.room, log.key)
    const folding = new Folding(this.#store, index, row)
    if (row.folded !== start) return folding.change
    for (const [i, entry] of entries.entries()) if (entry) folding.fold(start + i, entry)
    folding.finish()
    for (const sequence of violations) this.#store.logs.addViolation(index.room, log.key, sequence)
    this.#store.logs.setFolded(row.log, start + entries.length)
    this.#store.logs.setJudged(row.log, judged)
    index.lamport = Math.max(index.lamport, judged.lamport)
    return folding.change
  }

  #refoldLater(index: RoomIndex): void {
    this.#store.db.transaction(() => this.#store.logs.resetRoom(index.room))
    const dirty = this.#dirty.get(index) ?? new Set<Log>()
    for (const log of index.replica.logs.values()) dirty.add(log)
    this.#dirty.set(index, dirty)
  }
}
