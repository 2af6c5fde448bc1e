/**
 * Folds logs into the store: opens blocks, verifies entries, and commits rows in small transactions, so that the event
 * loop stays free. One room is folded at a time by one loop; what came meanwhile is folded in the next round.
 */
import { Emitter } from '../lib/emitter.js'
import type { Logger } from '../lib/logger.js'
import type { Log } from '../log/log.js'
import { openBlock } from '../protocol/block.js'
import { decodeEntry, type Entry } from '../protocol/entry.js'
import type { LogKey } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { LogRow } from '../store/logs-table.js'
import type { Store } from '../store/store.js'
import { type Change, foldEntry } from './fold-entry.js'
import { judgeLamport, lamportAt, type Verdict } from './lamport.js'
import type { Folded, RoomIndex } from './room-index.js'

/** Entries to one transaction: about 5 ms of work. */
const BATCH = 200
const RETRY_MS = 1000

export interface IndexerEvents {
  folded: Folded
}

interface Opened {
  readonly sequence: number
  readonly entry: Entry | null
  readonly open: boolean
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
    const opened = entries.map((entry, i) => ({ sequence: start + i, entry, open: false }))
    return this.#write(index, log, start, opened)
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
      const [log] = dirty
      if (!log) return
      dirty.delete(log)
      if (await this.#foldBatch(index, log)) dirty.add(log)
      if (dirty.size === 0) await this.#judgeAgain(index)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  /** Folds one batch; true if there is more. */
  async #foldBatch(index: RoomIndex, log: Log): Promise<boolean> {
    const row = this.#store.logs.ensure(index.room, log.key)
    const end = Math.min(log.length, row.folded + BATCH)
    if (end <= row.folded) return false
    const blocks = await log.read(row.folded, end)
    const opened = await this.#open(index, row, log, blocks)
    const change = this.#store.db.transaction(() => this.#write(index, log, row.folded, opened))
    this.emit('folded', { index, log, ...change })
    return row.folded + blocks.length < log.length
  }

  async #open(index: RoomIndex, row: LogRow, log: Log, blocks: readonly Buffer[]): Promise<Opened[]> {
    const opened: Opened[] = []
    let previous = row.lamport
    for (const [i, block] of blocks.entries()) {
      const sequence = row.folded + i
      const entry = this.#decode(index, log, sequence, block)
      const verdict = entry ? await judgeLamport(index, entry, previous) : 'holds'
      const hidden = verdict === 'violated' || this.#store.logs.isViolation(log.key, sequence)
      if (entry && !hidden) previous = Math.max(previous, entry.lamport)
      opened.push({ sequence, entry: hidden ? null : entry, open: verdict === 'open' })
    }
    return opened
  }

  /** Null for what cannot be opened or read: kept in the log, shown by nobody. */
  #decode(index: RoomIndex, log: Log, sequence: number, block: Buffer): Entry | null {
    try {
      const place = { roomId: index.keys.roomId, logKey: log.key, sequence }
      const entry = decodeEntry(openBlock(block, place, index.keys.contentKey))
      return entry.lamport <= LIMITS.lamportMax ? entry : null
    } catch {
      return null
    }
  }

  /** Inside a transaction: rows of the entries, and how far the log is folded. */
  #write(index: RoomIndex, log: Log, start: number, opened: readonly Opened[]): Change {
    const change: Change = { messages: 0, room: false, positions: false }
    let row = this.#store.logs.ensure(index.room, log.key)
    if (row.folded !== start) return change
    let lamport = row.lamport
    for (const { sequence, entry, open } of opened) {
      if (!entry) continue
      row = foldEntry(this.#store, index, row, sequence, entry, change)
      if (open) this.#store.logs.addCheck(index.room, log.key, sequence)
      else index.lamport = Math.max(index.lamport, entry.lamport)
      lamport = Math.max(lamport, entry.lamport)
    }
    this.#store.logs.setFolded(row.log, start + opened.length, lamport)
    return change
  }

  /** Entries that waited for others: what turns out to break the Lamport rule is hidden, and the room folded anew. */
  async #judgeAgain(index: RoomIndex): Promise<void> {
    let violated = false
    for (const { logKey, sequence } of this.#store.logs.checks(index.room)) {
      const verdict = await this.#judgeOne(index, logKey, sequence)
      if (verdict === 'open') continue
      this.#store.db.transaction(() => {
        this.#store.logs.removeCheck(logKey, sequence)
        if (verdict === 'violated') this.#store.logs.addViolation(index.room, logKey, sequence)
      })
      violated ||= verdict === 'violated'
    }
    if (violated) this.#refoldLater(index)
  }

  async #judgeOne(index: RoomIndex, logKey: LogKey, sequence: number): Promise<Verdict> {
    const log = index.replica.log(logKey)
    const [block] = log ? await log.read(sequence, sequence + 1) : []
    const entry = log && block ? this.#decode(index, log, sequence, block) : null
    if (!log || !entry) return 'open'
    const before = sequence === 0 ? 0 : await lamportAt(index, log, sequence - 1)
    return judgeLamport(index, entry, before ?? 0)
  }

  #refoldLater(index: RoomIndex): void {
    this.#store.db.transaction(() => this.#store.logs.resetRoom(index.room))
    const dirty = this.#dirty.get(index) ?? new Set<Log>()
    for (const log of index.replica.logs.values()) dirty.add(log)
    this.#dirty.set(index, dirty)
  }
}
