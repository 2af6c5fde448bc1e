/**
 * What this device writes in one room, from `enqueue` to the last acknowledgement (DESIGN §5). States of its log:
 * `listening` an older log that waits for a replica's first heads, `writing` it may be appended to, `dead` it must
 * never be appended to again and a new one begins. A new log is always safe.
 *
 * enqueue → outbox (synced) → append → high-water mark, index and mark in one transaction → publish → ack → dropped.
 */

import type { Indexer } from '../indexer/indexer.js'
import type { RoomIndex } from '../indexer/room-index.js'
import type { Clock } from '../lib/clock.js'
import { Emitter } from '../lib/emitter.js'
import type { Logger } from '../lib/logger.js'
import { logKeyOf } from '../log/hypercore-internals.js'
import type { Appended, Log } from '../log/log.js'
import type { LogStore } from '../log/log-store.js'
import type { RoomEvents } from '../log/room-replica.js'
import { hex } from '../protocol/bytes.js'
import { type KeyPair, signKeyPair } from '../protocol/crypto.js'
import { type Body, decodeEntry } from '../protocol/entry.js'
import { type LogKey, type MessageId, messageId, type NoiseKey } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import { createLogRecord, createRetiredRecord, encodeRosterRecord } from '../protocol/roster.js'
import type { OutboxRow, OwnLog } from '../store/outbox-table.js'
import type { Store } from '../store/store.js'
import type { Author } from './author.js'
import { entriesFrom, isIntact, type Repeated, splitSettled } from './own-log.js'
import { sealBody, sealEntry, takeHeads } from './sealer.js'

const RETRY_MS = 1000

export interface DeliveryEvents {
  /** Messages were saved, appended or deleted, or a state of one changed. */
  changed: Record<string, never>
  /** Own entries were saved; their heads say whatever a receipt would say. */
  spoke: Record<string, never>
  /** Every entry is acknowledged by some replica and the outbox is empty. */
  drained: Record<string, never>
}

export interface DeliveryContext {
  readonly store: Store
  readonly indexer: Indexer
  readonly logs: LogStore
  readonly author: Author
  readonly logger: Logger
  readonly clock: Clock
}

interface Waiting {
  readonly body: Body
  readonly saved: PromiseWithResolvers<MessageId>
}

/** In the log, but not in the store yet: not shown to anybody, and not appended again. */
interface Uncommitted {
  readonly log: Log
  readonly rows: readonly OutboxRow[]
  readonly appended: Appended
}

type State = 'closed' | 'listening' | 'writing' | 'dead'

export class RoomDelivery extends Emitter<DeliveryEvents> {
  readonly index: RoomIndex
  readonly #context: DeliveryContext
  readonly #offs: (() => void)[] = []
  #state: State = 'closed'
  #log: Log | null = null
  #keyPair: KeyPair | null = null
  /** How long the log was when this process began to write it: what follows was written since. */
  #openedAt = 0
  /** In a dead log, the first entry that others may lack because they hold other entries in its place. */
  #lackedFrom = Number.POSITIVE_INFINITY
  /** The sequence of the next entry. */
  #next = 0
  /** Own entries below this survive a power cut, by log key in hex. */
  readonly #synced = new Map<string, number>()
  #uncommitted: Uncommitted | null = null
  #queue: Waiting[] = []
  #flushing = false
  #pumping: Promise<void> | null = null
  #pumpAgain = false
  #retry: (() => void) | null = null

  constructor(index: RoomIndex, context: DeliveryContext) {
    super((error) => context.logger.error({ err: error }, 'a delivery listener failed'))
    this.index = index
    this.#context = context
  }

  /** Finds or begins this device's log and goes on where it stopped. */
  async open(): Promise<void> {
    const { store, indexer } = this.#context
    const own = store.outbox.ownLogs(this.index.room)
    for (const { logKey } of own) this.index.replica.own.add(hex(logKey))
    this.#remember(store.outbox.rows(this.index.room))
    await indexer.foldRoom(this.index)
    const current = own.find((log) => log.writable)
    const log = current && this.index.replica.log(current.logKey)
    if (current && log && (await isIntact(current, log))) await this.#goOn(current, log)
    else this.#begin(log?.quarantined ? await entriesFrom(this.index, log, 1) : [])
    this.#listen()
    this.#afterSync()
    this.#pump()
  }

  /** Saves an entry: resolves once it is committed and synced. Rejects with STORAGE_FULL or what the disk says. */
  enqueue(body: Body): Promise<MessageId> {
    const saved = Promise.withResolvers<MessageId>()
    this.#queue.push({ body, saved })
    if (!this.#flushing) {
      this.#flushing = true
      setImmediate(() => this.#flush())
    }
    return saved.promise
  }

  /** The log this device writes at present. */
  get logKey(): LogKey | null {
    return this.#log?.key ?? null
  }

  /** Nothing waits for an acknowledgement any more. */
  get drained(): boolean {
    return this.#context.store.outbox.count(this.index.room) === 0
  }

  /** A replica refused the room: whatever it once acknowledged no longer counts. */
  replicaRefused(replica: NoiseKey): void {
    this.#lowerAcks(replica, () => 0)
  }

  /** Signs that this log ends here, which frees its place, and tells the neighbours. Nothing is written after it. */
  retire(): void {
    if (!this.#log || !this.#keyPair) return
    this.#state = 'dead'
    const { roomId } = this.index.keys
    this.index.replica.addRecord(createRetiredRecord(roomId, this.#log.key, this.#log.length, this.#keyPair))
  }

  async close(): Promise<void> {
    this.#state = 'closed'
    this.#retry?.()
    for (const off of this.#offs.splice(0)) off()
    await this.#pumping
  }

  /** What was saved before the last stop stands before whatever is written now. */
  #remember(rows: readonly OutboxRow[]): void {
    for (const row of rows) this.index.lamport = Math.max(this.index.lamport, decodeEntry(row.entry).lamport)
  }

  #listen(): void {
    const { replica } = this.index
    this.#offs.push(
      replica.on('head', (event) => this.#onHead(event)),
      replica.on('heard', (event) => this.#onHeard(event)),
      replica.on('ack', (event) => this.#onAck(event)),
      replica.on('conflict', ({ log }) => this.#onLost(log, 0))
    )
  }

  async #goOn(own: OwnLog, log: Log): Promise<void> {
    const { outbox } = this.#context.store
    const { stray } = await splitSettled(log, outbox.waiting(log.key, Number.MAX_SAFE_INTEGER))
    this.#log = log
    this.#keyPair = own.keyPair
    this.#context.store.db.durable(() => {
      this.#next = Math.max(log.length, outbox.end(log.key))
      for (const row of stray) this.#move(row, log)
      outbox.markAppended(log.key, log.length)
      if (log.length > 0) outbox.setHighWater(log.key, log.length, log.treeHash)
    })
    this.#openedAt = log.length
    this.#state = 'listening'
  }

  /** A new log: its hello, and behind it all that other replicas may lack, with the client ids it has. */
  #begin(lacked: readonly Repeated[]): void {
    const { store, author } = this.#context
    const { replica, keys, room } = this.index
    const keyPair = signKeyPair()
    const logKey = logKeyOf(keyPair.publicKey)
    const record = createLogRecord(keys.roomId, keys.signing, logKey, keyPair)
    this.#saving(() => {
      store.outbox.closeOwnLogs(room)
      store.outbox.addOwnLog(room, logKey, keyPair)
      store.rooms.save(keys.roomId, logKey, 'log', encodeRosterRecord(record))
      store.logs.forgetTold(room)
      const left = store.outbox.rows(room)
      this.#next = 0
      this.#save(logKey, author.hello(keys.roomId, logKey), takeHeads(store, this.index, logKey))
      for (const row of left) this.#moveOrDrop(row, { key: logKey })
      const waiting = new Set(left.map(({ clientId }) => hex(clientId)))
      for (const entry of lacked) if (!waiting.has(hex(entry.clientId))) this.#repeat(logKey, entry)
    })
    this.#uncommitted = null
    this.#lackedFrom = Number.POSITIVE_INFINITY
    this.#openedAt = 0
    replica.own.add(hex(logKey))
    replica.addRecord(record)
    this.#log = replica.log(logKey)
    this.#keyPair = keyPair
    this.#state = 'writing'
    this.#synced.set(hex(logKey), 0)
  }

  /** An older log's hello says nothing in another log. */
  #moveOrDrop(row: OutboxRow, log: { key: Buffer }): void {
    if (decodeEntry(row.entry).body.type === 'hello') this.#context.store.outbox.remove(row.id)
    else this.#move(row, log)
  }

  #repeat(logKey: LogKey, { clientId, entry }: Repeated): void {
    const sequence = this.#next++
    const block = sealEntry(this.index, logKey, sequence, entry)
    this.#context.store.outbox.add(this.index.room, { clientId, logKey, sequence, block, entry })
  }

  #move(row: OutboxRow, log: { key: Buffer }): void {
    const sequence = this.#next++
    this.#context.store.outbox.move(row.id, log.key, sequence, sealEntry(this.index, log.key, sequence, row.entry))
  }

  #save(logKey: Buffer, body: Body, heads: ReturnType<typeof takeHeads>): MessageId {
    const { store, author, clock } = this.#context
    const at = { lamport: this.index.lamport + 1, time: clock.now() }
    const sealed = sealBody(this.index, logKey, this.#next, body, heads, at)
    store.outbox.add(this.index.room, { ...sealed, logKey, sequence: this.#next })
    this.index.lamport = at.lamport
    this.#next++
    return messageId(author.identityKey, sealed.clientId)
  }

  /** Everything that waits is saved in one synced commit. */
  #flush(): void {
    this.#flushing = false
    const batch = this.#queue
    this.#queue = []
    try {
      const ids = this.#saving(() => this.#saveAll(batch))
      for (const [i, { saved }] of batch.entries()) saved.resolve(ids[i] as MessageId)
    } catch (error) {
      for (const { saved } of batch) saved.reject(error)
      return
    }
    this.emit('spoke', {})
    this.emit('changed', {})
    this.#pump()
  }

  /** One synced commit; if it fails, no place and no Lamport time was used. */
  #saving<T>(work: () => T): T {
    const before = { next: this.#next, lamport: this.index.lamport }
    try {
      return this.#context.store.db.durable(work)
    } catch (error) {
      this.#next = before.next
      this.index.lamport = before.lamport
      throw error
    }
  }

  #saveAll(batch: readonly Waiting[]): MessageId[] {
    const log = this.#log
    if (!log || this.#state === 'closed') throw new Error('The room is closed')
    return batch.map(({ body }, i) => {
      const heads = i === 0 ? takeHeads(this.#context.store, this.index, log.key) : []
      return this.#save(log.key, body, heads)
    })
  }

  /** Appends what waits, one run at a time; asked for again while one ends, another follows. */
  #pump(): void {
    if (this.#state === 'closed' || this.#state === 'listening') return
    this.#pumpAgain = this.#pumping !== null
    if (this.#pumping) return
    this.#pumping = this.#work()
      .catch((error) => this.#onFailure(error))
      .finally(() => {
        this.#pumping = null
        if (this.#pumpAgain) this.#pump()
      })
  }

  async #work(): Promise<void> {
    for (;;) {
      if (this.#state === 'dead' && !this.#isRetired()) this.#begin(await this.#lacked())
      if (this.#state !== 'writing' || !this.#log) return
      if (this.#uncommitted) this.#commit(this.#uncommitted)
      const rows = nextRows(this.#context.store.outbox.waiting(this.#log.key, LIMITS.appendEntries))
      if (rows.length === 0) return
      await this.#append(this.#log, this.#keyPair as KeyPair, rows)
    }
  }

  async #lacked(): Promise<Repeated[]> {
    return this.#log && this.#lackedFrom < this.#log.length
      ? entriesFrom(this.index, this.#log, Math.max(1, this.#lackedFrom))
      : []
  }

  #isRetired(): boolean {
    return this.#log?.isRetired ?? true
  }

  async #append(log: Log, keyPair: KeyPair, rows: readonly OutboxRow[]): Promise<void> {
    const start = rows[0]?.sequence as number
    if (start !== log.length) {
      this.#state = 'dead'
      return
    }
    const blocks = rows.map((row) => row.block)
    this.#uncommitted = { log, rows, appended: await log.append(blocks, keyPair) }
    this.#commit(this.#uncommitted)
  }

  /** High-water mark, index rows and marks in one transaction; only then may others see what was appended. */
  #commit({ log, rows, appended }: Uncommitted): void {
    const { store, indexer } = this.#context
    const entries = rows.map((row) => decodeEntry(row.entry))
    store.db.transaction(() => {
      store.outbox.setHighWater(log.key, appended.length, appended.treeHash)
      indexer.foldOwn(this.index, log, appended.frame.start, entries)
      store.outbox.markAppended(log.key, appended.length)
    })
    this.#uncommitted = null
    this.index.replica.publish(log, appended)
    indexer.fold(this.index, log)
    this.emit('changed', {})
    this.#afterSync()
  }

  /** Rows whose log is synced here and acknowledged elsewhere have done their work. */
  #afterSync(): void {
    this.#dropSynced().catch((error) => this.#context.logger.error({ err: error }, 'outbox rows could not be dropped'))
  }

  async #dropSynced(): Promise<void> {
    const lengths = this.#ownLogs().map((log) => ({ log, length: log.length }))
    await this.#context.logs.synced()
    if (this.#state === 'closed') return
    for (const { log, length } of lengths) this.#synced.set(hex(log.key), length)
    for (const { log } of lengths) this.#dropAcknowledged(log)
  }

  #dropAcknowledged(log: Log): void {
    const { store } = this.#context
    const length = Math.min(this.#synced.get(hex(log.key)) ?? 0, store.acks.anywhere(log.key))
    if (store.outbox.drop(log.key, length) > 0 && this.drained) this.emit('drained', {})
  }

  #ownLogs(): Log[] {
    return [...this.index.replica.own].flatMap((key) => this.index.replica.logs.get(key) ?? [])
  }

  #onHead({ log, head, contradicts }: RoomEvents['head']): void {
    if (log !== this.#log) return
    if (contradicts) this.#onLost(log, 0)
    else if (head.length > log.length) this.#onLost(log, this.#openedAt)
  }

  /** This device's log is somewhere else longer or other than here: it was copied or rolled back. */
  #onLost(log: Log, lackedFrom: number): void {
    if (log !== this.#log || this.#state === 'closed') return
    this.#lackedFrom = Math.min(this.#lackedFrom, lackedFrom)
    if (this.#state === 'dead') return
    this.#state = 'dead'
    this.#context.logger.warn('an own log is known elsewhere with entries that are not here; a new one begins')
    this.#pump()
  }

  #onHeard({ channel }: RoomEvents['heard']): void {
    // What it acknowledged may have come before its heads were all compared, or on a newer connection.
    const channels = this.index.replica.channelsTo(channel.remoteKey)
    const named = (key: string) =>
      Math.max(...channels.map(({ heads, held }) => Math.max(heads.get(key)?.length ?? 0, held.get(key) ?? 0)), 0)
    this.#lowerAcks(channel.remoteKey, (log) => named(hex(log.key)))
    if (this.#state !== 'listening') return
    this.#state = 'writing'
    this.#pump()
  }

  #onAck({ replica, log, length }: RoomEvents['ack']): void {
    if (!this.#context.store.acks.raise(log.key, replica, length)) return
    if (this.index.replica.own.has(hex(log.key))) this.#dropAcknowledged(log)
    this.emit('changed', {})
  }

  #lowerAcks(replica: NoiseKey, named: (log: Log) => number): void {
    const { acks } = this.#context.store
    const lowered = [...this.index.replica.logs.values()].filter((log) => acks.lower(log.key, replica, named(log)))
    if (lowered.length > 0) this.emit('changed', {})
  }

  #onFailure(error: unknown): void {
    if (this.#state === 'closed') return
    this.#context.logger.error({ err: error }, 'own entries could not be appended; they stay saved')
    this.#retry = this.#context.clock.after(RETRY_MS, () => this.#pump())
  }
}

/** What one append takes: the hello alone, else up to 64 entries or 64 KiB. */
function nextRows(rows: readonly OutboxRow[]): OutboxRow[] {
  if (rows[0]?.sequence === 0) return rows.slice(0, 1)
  let bytes = 0
  const fits = rows.findIndex((row) => {
    bytes += row.block.byteLength
    return bytes > LIMITS.appendBytes
  })
  return rows.slice(0, fits === -1 ? rows.length : Math.max(1, fits))
}
