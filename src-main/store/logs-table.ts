/** What the index knows of each log: who writes it, how far it is folded, and whether it is shown. */
import type { IdentityKey, LogKey } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { StoreDatabase } from './database.js'

export interface LogRow {
  readonly log: number
  readonly room: number
  readonly logKey: LogKey
  /** Null until a valid hello was folded. */
  readonly identity: IdentityKey | null
  readonly device: Buffer | null
  /** Entries folded into the index. */
  readonly folded: number
  /** How many of them, from the first on, were judged by the Lamport rule; those behind are shown meanwhile. */
  readonly judged: number
  /** The highest Lamport time of entries that were judged to hold, and the length at which that entry is the last. */
  readonly lamport: number
  readonly peak: number
  /** How much of this log the own device's entries have named in `heads`. */
  readonly told: number
  readonly retired: boolean
  readonly shown: boolean
}

export type Judged = Pick<LogRow, 'judged' | 'lamport' | 'peak'>

interface RawLog {
  log: number
  room: number
  log_key: Buffer
  identity: Buffer | null
  device: Buffer | null
  folded: number
  judged: number
  lamport: number
  peak: number
  told: number
  retired: number
  shown: number
}

export class LogsTable {
  readonly #db: StoreDatabase
  /** False while the table is known to be empty, as it nearly always is: then nobody is asked for each entry. */
  #mayBeViolated: boolean | null = null

  constructor(db: StoreDatabase) {
    this.#db = db
  }

  ensure(room: number, logKey: LogKey): LogRow {
    this.#db.prepare('INSERT OR IGNORE INTO logs (room, log_key) VALUES (?, ?)').run(room, logKey)
    return this.find(logKey) as LogRow
  }

  find(logKey: LogKey): LogRow | null {
    const raw = this.#db.prepare<[Buffer], RawLog>('SELECT * FROM logs WHERE log_key = ?').get(logKey)
    return raw ? toRow(raw) : null
  }

  ofRoom(room: number): LogRow[] {
    return this.#db.prepare<[number], RawLog>('SELECT * FROM logs WHERE room = ?').all(room).map(toRow)
  }

  setAuthor(log: number, identity: IdentityKey, device: Buffer, lamport: number): void {
    const sql = 'UPDATE logs SET identity = ?, device = ?, hello_lamport = ? WHERE log = ?'
    this.#db.prepare(sql).run(identity, device, lamport, log)
  }

  setFolded(log: number, folded: number): void {
    this.#db.prepare('UPDATE logs SET folded = ? WHERE log = ?').run(folded, log)
  }

  setJudged(log: number, { judged, lamport, peak }: Judged): void {
    const sql = 'UPDATE logs SET judged = ?, lamport = ?, peak = ? WHERE log = ?'
    this.#db.prepare(sql).run(judged, lamport, peak, log)
  }

  /** Keys of the logs that are known to be written by anyone but this identity. */
  ofOthers(room: number, identity: IdentityKey): LogKey[] {
    const sql = 'SELECT log_key FROM logs WHERE room = ? AND identity <> ?'
    const rows = this.#db.prepare<[number, Buffer], { log_key: Buffer }>(sql).all(room, identity)
    return rows.map((row) => row.log_key)
  }

  setTold(log: number, length: number): void {
    this.#db.prepare('UPDATE logs SET told = ? WHERE log = ?').run(length, log)
  }

  /** For a new log of this device: it has told nothing yet. */
  forgetTold(room: number): void {
    this.#db.prepare('UPDATE logs SET told = 0 WHERE room = ?').run(room)
  }

  setRetired(log: number): void {
    this.#db.prepare('UPDATE logs SET retired = 1 WHERE log = ?').run(log)
  }

  /** Shows an identity's retired logs and its newest 8 active ones; which they are depends on the logs alone. */
  updateShown(room: number, identity: IdentityKey): void {
    const sql = `UPDATE logs SET shown = retired OR log IN (
                   SELECT log FROM logs WHERE room = ? AND identity = ? AND retired = 0
                   ORDER BY hello_lamport DESC, log_key LIMIT ${LIMITS.shownLogsPerIdentity})
                 WHERE room = ? AND identity = ?`
    this.#db.prepare(sql).run(room, identity, room, identity)
  }

  /** People with a shown log that is not retired. */
  identities(room: number): IdentityKey[] {
    const sql = 'SELECT DISTINCT identity FROM logs WHERE room = ? AND shown = 1 AND retired = 0'
    return this.#db
      .prepare<[number], { identity: Buffer }>(sql)
      .all(room)
      .map(({ identity }) => identity)
  }

  /** People whose logs are shown and not all retired. */
  members(room: number): number {
    const sql = 'SELECT count(DISTINCT identity) AS members FROM logs WHERE room = ? AND shown = 1 AND retired = 0'
    return this.#db.prepare<[number], { members: number }>(sql).get(room)?.members ?? 0
  }

  /** Active devices of a room: its shown logs that are not retired. */
  devices(room: number): number {
    const sql = 'SELECT count(*) AS devices FROM logs WHERE room = ? AND shown = 1 AND retired = 0'
    return this.#db.prepare<[number], { devices: number }>(sql).get(room)?.devices ?? 0
  }

  /** The highest Lamport time in a room, of entries that hold. */
  lamport(room: number): number {
    const sql = 'SELECT max(lamport) AS lamport FROM logs WHERE room = ?'
    return this.#db.prepare<[number], { lamport: number | null }>(sql).get(room)?.lamport ?? 0
  }

  /** Forgets all that was folded of a room, so that it can be folded again. */
  resetRoom(room: number): void {
    for (const table of ['messages', 'copies', 'fields']) {
      this.#db.prepare(`DELETE FROM ${table} WHERE room = ?`).run(room)
    }
    const sql = `UPDATE logs SET identity = NULL, device = NULL, hello_lamport = 0, folded = 0, judged = 0, lamport = 0,
                   peak = 0, shown = 0 WHERE room = ?`
    this.#db.prepare(sql).run(room)
  }

  addViolation(room: number, logKey: LogKey, sequence: number): void {
    this.#mayBeViolated = true
    const sql = 'INSERT OR IGNORE INTO violations (room, log_key, sequence) VALUES (?, ?, ?)'
    this.#db.prepare(sql).run(room, logKey, sequence)
  }

  isViolation(logKey: LogKey, sequence: number): boolean {
    this.#mayBeViolated ??= this.#db.prepare('SELECT 1 FROM violations LIMIT 1').get() !== undefined
    if (!this.#mayBeViolated) return false
    const sql = 'SELECT 1 FROM violations WHERE log_key = ? AND sequence = ?'
    return this.#db.prepare(sql).get(logKey, sequence) !== undefined
  }
}

function toRow(raw: RawLog): LogRow {
  return {
    log: raw.log,
    room: raw.room,
    logKey: raw.log_key,
    identity: raw.identity,
    device: raw.device,
    folded: raw.folded,
    judged: raw.judged,
    lamport: raw.lamport,
    peak: raw.peak,
    told: raw.told,
    retired: raw.retired === 1,
    shown: raw.shown === 1
  }
}
