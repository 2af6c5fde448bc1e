/** Which replica acknowledged how much of which log, and how much of ours other people's devices have. */
import type { IdentityKey, LogKey, NoiseKey } from '../protocol/ids.js'
import type { StoreDatabase } from './database.js'

export class AcksTable {
  readonly #db: StoreDatabase

  constructor(db: StoreDatabase) {
    this.#db = db
  }

  /** Raises the row; true if it rose. */
  raise(logKey: LogKey, replica: NoiseKey, length: number): boolean {
    const sql = `INSERT INTO acks (log_key, replica, length) VALUES (?, ?, ?)
                 ON CONFLICT (log_key, replica) DO UPDATE SET length = excluded.length WHERE excluded.length > length`
    return this.#db.prepare(sql).run(logKey, replica, length).changes > 0
  }

  /** Lowers the row to what the replica now names; true if it fell. */
  lower(logKey: LogKey, replica: NoiseKey, length: number): boolean {
    const sql = 'UPDATE acks SET length = ? WHERE log_key = ? AND replica = ? AND length > ?'
    return this.#db.prepare(sql).run(length, logKey, replica, length).changes > 0
  }

  /** The longest prefix that one of these replicas acknowledged. */
  longest(logKey: LogKey, replicas: readonly NoiseKey[]): number {
    return replicas.reduce((longest, replica) => Math.max(longest, this.of(logKey, replica)), 0)
  }

  of(logKey: LogKey, replica: NoiseKey): number {
    const sql = 'SELECT length FROM acks WHERE log_key = ? AND replica = ?'
    return this.#db.prepare<[Buffer, Buffer], { length: number }>(sql).get(logKey, replica)?.length ?? 0
  }

  /** The longest prefix that any replica acknowledged. */
  anywhere(logKey: LogKey): number {
    const sql = 'SELECT max(length) AS length FROM acks WHERE log_key = ?'
    return this.#db.prepare<[Buffer], { length: number | null }>(sql).get(logKey)?.length ?? 0
  }

  /** Another identity's device has the log up to `length`; positions only rise. True if it rose. */
  raisePosition(room: number, logKey: LogKey, identity: IdentityKey, length: number): boolean {
    const sql = `INSERT INTO positions (room, log_key, identity, length) VALUES (?, ?, ?, ?)
                 ON CONFLICT (log_key, identity) DO UPDATE SET length = excluded.length
                 WHERE excluded.length > length`
    return this.#db.prepare(sql).run(room, logKey, identity, length).changes > 0
  }

  /** How much of this log the other identity that has most of it has. */
  received(logKey: LogKey): number {
    const sql = 'SELECT max(length) AS length FROM positions WHERE log_key = ?'
    return this.#db.prepare<[Buffer], { length: number | null }>(sql).get(logKey)?.length ?? 0
  }
}
