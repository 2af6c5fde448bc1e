/** What this device wrote and some replica may lack, and the logs it writes to with their high-water marks. */
import type { KeyPair } from '../protocol/crypto.js'
import type { ClientId, LogKey } from '../protocol/ids.js'
import type { StoreDatabase } from './database.js'

export interface OutboxRow {
  readonly id: number
  readonly clientId: ClientId
  readonly logKey: LogKey
  readonly sequence: number
  /** Sealed for this log and sequence: appended byte for byte. */
  readonly block: Buffer
  /** The encoded entry, to be sealed anew if its log can no longer be written. */
  readonly entry: Buffer
  readonly appended: boolean
}

export interface OwnLog {
  readonly logKey: LogKey
  readonly keyPair: KeyPair
  readonly writable: boolean
  /** The high-water mark: what was once appended and committed. */
  readonly length: number
  readonly treeHash: Buffer | null
}

interface RawOutbox {
  id: number
  client_id: Buffer
  log_key: Buffer
  sequence: number
  block: Buffer
  entry: Buffer
  appended: number
}

interface RawOwnLog {
  log_key: Buffer
  public_key: Buffer
  secret_key: Buffer
  writable: number
  length: number
  tree_hash: Buffer | null
}

export class OutboxTable {
  readonly #db: StoreDatabase

  constructor(db: StoreDatabase) {
    this.#db = db
  }

  add(room: number, row: Omit<OutboxRow, 'id' | 'appended'>): void {
    const sql = 'INSERT INTO outbox (room, client_id, log_key, sequence, block, entry) VALUES (?, ?, ?, ?, ?, ?)'
    this.#db.prepare(sql).run(room, row.clientId, row.logKey, row.sequence, row.block, row.entry)
  }

  /** All rows of a room in the order they were written. */
  rows(room: number): OutboxRow[] {
    return this.#db.prepare<[number], RawOutbox>('SELECT * FROM outbox WHERE room = ? ORDER BY id').all(room).map(toRow)
  }

  /** The next rows to append to a log, in sequence. */
  waiting(logKey: LogKey, limit: number): OutboxRow[] {
    const sql = 'SELECT * FROM outbox WHERE log_key = ? AND appended = 0 ORDER BY sequence LIMIT ?'
    return this.#db.prepare<[Buffer, number], RawOutbox>(sql).all(logKey, limit).map(toRow)
  }

  /** Rows of a room that are in no log yet, newest first. */
  waitingInRoom(room: number): OutboxRow[] {
    const sql = 'SELECT * FROM outbox WHERE room = ? AND appended = 0 ORDER BY id DESC'
    return this.#db.prepare<[number], RawOutbox>(sql).all(room).map(toRow)
  }

  /** True if a row of the room is in no log yet. */
  isWaiting(room: number): boolean {
    return this.#db.prepare('SELECT 1 FROM outbox WHERE room = ? AND appended = 0 LIMIT 1').get(room) !== undefined
  }

  count(room: number): number {
    const sql = 'SELECT count(*) AS rows FROM outbox WHERE room = ?'
    return this.#db.prepare<[number], { rows: number }>(sql).get(room)?.rows ?? 0
  }

  /** The sequence behind the last row of this log, 0 if it has none. */
  end(logKey: LogKey): number {
    const sql = 'SELECT max(sequence) + 1 AS end FROM outbox WHERE log_key = ?'
    return this.#db.prepare<[Buffer], { end: number | null }>(sql).get(logKey)?.end ?? 0
  }

  markAppended(logKey: LogKey, length: number): void {
    this.#db.prepare('UPDATE outbox SET appended = 1 WHERE log_key = ? AND sequence < ?').run(logKey, length)
  }

  /** Drops rows that are appended below `length`; returns how many. */
  drop(logKey: LogKey, length: number): number {
    const sql = 'DELETE FROM outbox WHERE log_key = ? AND appended = 1 AND sequence < ?'
    return this.#db.prepare(sql).run(logKey, length).changes
  }

  /** Gives a row a new place, sealed anew for it. */
  move(id: number, logKey: LogKey, sequence: number, block: Buffer): void {
    const sql = 'UPDATE outbox SET log_key = ?, sequence = ?, block = ?, appended = 0 WHERE id = ?'
    this.#db.prepare(sql).run(logKey, sequence, block, id)
  }

  remove(id: number): void {
    this.#db.prepare('DELETE FROM outbox WHERE id = ?').run(id)
  }

  ownLogs(room: number): OwnLog[] {
    return this.#db.prepare<[number], RawOwnLog>('SELECT * FROM own_logs WHERE room = ?').all(room).map(toOwnLog)
  }

  addOwnLog(room: number, logKey: LogKey, keyPair: KeyPair): void {
    const sql = 'INSERT INTO own_logs (log_key, room, public_key, secret_key, writable) VALUES (?, ?, ?, ?, 1)'
    this.#db.prepare(sql).run(logKey, room, keyPair.publicKey, keyPair.secretKey)
  }

  setHighWater(logKey: LogKey, length: number, treeHash: Buffer): void {
    this.#db.prepare('UPDATE own_logs SET length = ?, tree_hash = ? WHERE log_key = ?').run(length, treeHash, logKey)
  }

  /** Never appended to again. */
  closeOwnLogs(room: number): void {
    this.#db.prepare('UPDATE own_logs SET writable = 0 WHERE room = ?').run(room)
  }

  /** After a copy or restore: no log that came along is written again. */
  closeAllOwnLogs(): void {
    this.#db.prepare('UPDATE own_logs SET writable = 0').run()
  }
}

function toRow(raw: RawOutbox): OutboxRow {
  return {
    id: raw.id,
    clientId: raw.client_id,
    logKey: raw.log_key,
    sequence: raw.sequence,
    block: raw.block,
    entry: raw.entry,
    appended: raw.appended === 1
  }
}

function toOwnLog(raw: RawOwnLog): OwnLog {
  return {
    logKey: raw.log_key,
    keyPair: { publicKey: raw.public_key, secretKey: raw.secret_key },
    writable: raw.writable === 1,
    length: raw.length,
    treeHash: raw.tree_hash
  }
}
