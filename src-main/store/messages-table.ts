/** Messages and a room's fields as folded from the logs. Order is (Lamport, log key, sequence), everywhere. */
import { hash } from '../protocol/crypto.js'
import type { IdentityKey, LogKey, MessageId, NoiseKey } from '../protocol/ids.js'
import type { StoreDatabase } from './database.js'

/** An entry's place in the room's order. */
export interface Position {
  readonly lamport: number
  readonly logKey: LogKey
  readonly sequence: number
}

export interface MessageRow extends Position {
  readonly messageId: MessageId
  readonly identity: IdentityKey
  readonly time: number
  readonly text: string
}

export interface NewMessage extends MessageRow {
  readonly room: number
  readonly log: number
}

interface RawMessage {
  message_id: Buffer
  log_key: Buffer
  sequence: number
  lamport: number
  identity: Buffer
  time: number
  text: string
}

const COLUMNS = 'm.message_id, m.log_key, m.sequence, m.lamport, m.identity, m.time, m.text'
const SHOWN = 'FROM messages m JOIN logs USING (log) WHERE m.room = ? AND logs.shown = 1'
const OWN_LOGS = 'SELECT o.log_key FROM own_logs o WHERE o.room = m.room'
const NEWEST_FIRST = 'ORDER BY m.lamport DESC, m.log_key DESC, m.sequence DESC'

export class MessagesTable {
  readonly #db: StoreDatabase

  constructor(db: StoreDatabase) {
    this.#db = db
  }

  /** Of two entries with one message id the lower position counts; the other is kept as a copy. */
  add(message: NewMessage): void {
    const sql = `INSERT INTO messages (room, message_id, log, log_key, sequence, lamport, identity, time, text)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (room, message_id) DO NOTHING`
    const { room, messageId, log, logKey, sequence, lamport, identity, time, text } = message
    const added = this.#db
      .prepare(sql)
      .run(room, messageId, log, logKey, sequence, lamport, identity, time, text).changes
    if (added === 0) this.#addAgain(message)
  }

  /** Newest first, below the position given; without what this device wrote at or above Lamport time `ownBelow`. */
  page(room: number, before: Position | null, limit: number, ownBelow: number | null = null): MessageRow[] {
    const below = before ? 'AND (m.lamport, m.log_key, m.sequence) < (?, ?, ?)' : ''
    const own = ownBelow === null ? '' : `AND NOT (m.lamport >= ? AND m.log_key IN (${OWN_LOGS}))`
    const sql = `SELECT ${COLUMNS} ${SHOWN} ${below} ${own} ${NEWEST_FIRST} LIMIT ?`
    const position = before ? [before.lamport, before.logKey, before.sequence] : []
    const params = [room, ...position, ...(ownBelow === null ? [] : [ownBelow]), limit]
    return this.#db
      .prepare<(number | Buffer)[], RawMessage>(sql)
      .all(...params)
      .map(toRow)
  }

  find(room: number, messageId: MessageId): MessageRow | null {
    const sql = `SELECT ${COLUMNS} FROM messages m WHERE m.room = ? AND m.message_id = ?`
    const raw = this.#db.prepare<[number, Buffer], RawMessage>(sql).get(room, messageId)
    return raw ? toRow(raw) : null
  }

  /** Other places of a message that was written again into a new log. */
  copies(room: number, messageId: MessageId): { logKey: LogKey; sequence: number }[] {
    const sql = 'SELECT log_key, sequence FROM copies WHERE room = ? AND message_id = ?'
    const rows = this.#db.prepare<[number, Buffer], { log_key: Buffer; sequence: number }>(sql).all(room, messageId)
    return rows.map((row) => ({ logKey: row.log_key, sequence: row.sequence }))
  }

  /** Other people's messages behind the read mark of their log; a message read in one of its places is read. */
  unread(room: number, me: IdentityKey): number {
    const sql = `SELECT coalesce(sum((SELECT count(*) FROM messages m WHERE m.log = logs.log
                   AND m.sequence >= coalesce((SELECT length FROM read_marks r WHERE r.log_key = logs.log_key), 0)
                   AND NOT EXISTS (SELECT 1 FROM copies c JOIN read_marks r USING (log_key)
                     WHERE c.room = m.room AND c.message_id = m.message_id AND c.sequence < r.length))), 0) AS unread
                 FROM logs WHERE room = ? AND shown = 1 AND identity <> ?`
    return this.#db.prepare<[number, Buffer], { unread: number }>(sql).get(room, me)?.unread ?? 0
  }

  /** Per log, the length up to which everything at or below a position lies. */
  lengthsUpTo(room: number, position: Position): { logKey: LogKey; length: number }[] {
    const sql = `SELECT log_key, (SELECT m.sequence + 1 FROM messages m WHERE m.log = logs.log
                   AND (m.lamport, m.log_key, m.sequence) <= (?, ?, ?) ORDER BY m.sequence DESC LIMIT 1) AS length
                 FROM logs WHERE room = ?`
    const rows = this.#db
      .prepare<[number, Buffer, number, number], { log_key: Buffer; length: number | null }>(sql)
      .all(position.lamport, position.logKey, position.sequence, room)
    return rows.flatMap((row) => (row.length === null ? [] : [{ logKey: row.log_key, length: row.length }]))
  }

  /** Last writer wins, each field and key on its own. */
  setField(room: number, field: string, key: Buffer, value: string, at: Position): void {
    const sql = `INSERT INTO fields (room, field, key, value, lamport, log_key, sequence) VALUES (?, ?, ?, ?, ?, ?, ?)
                 ON CONFLICT (room, field, key) DO UPDATE SET value = excluded.value, lamport = excluded.lamport,
                   log_key = excluded.log_key, sequence = excluded.sequence
                 WHERE (excluded.lamport, excluded.log_key, excluded.sequence) > (lamport, log_key, sequence)`
    this.#db.prepare(sql).run(room, field, key, value, at.lamport, at.logKey, at.sequence)
  }

  field(room: number, field: string, key: Buffer): string | null {
    const sql = 'SELECT value FROM fields WHERE room = ? AND field = ? AND key = ?'
    return this.#db.prepare<[number, string, Buffer], { value: string }>(sql).get(room, field, key)?.value ?? null
  }

  /** Keys of a field with their values. */
  fieldKeys(room: number, field: string): { key: NoiseKey; value: string }[] {
    const sql = 'SELECT key, value FROM fields WHERE room = ? AND field = ? ORDER BY lamport, key'
    return this.#db.prepare<[number, string], { key: Buffer; value: string }>(sql).all(room, field)
  }

  /** The hash of all that the room shows: equal wherever the same logs are. */
  viewHash(room: number): Buffer {
    const parts: Buffer[] = []
    const fields = 'SELECT field, key, value FROM fields WHERE room = ? ORDER BY field, key'
    for (const row of this.#db.prepare<[number], { field: string; key: Buffer; value: string }>(fields).all(room)) {
      parts.push(Buffer.from(`${row.field}=`), row.key, Buffer.from(`${row.value}\n`))
    }
    const messages = `SELECT ${COLUMNS} ${SHOWN} ORDER BY m.lamport, m.log_key, m.sequence`
    for (const row of this.#db.prepare<[number], RawMessage>(messages).all(room)) {
      parts.push(row.message_id, row.identity, Buffer.from(`${row.time}${row.text}\n`))
    }
    return hash(parts)
  }

  #addAgain(message: NewMessage): void {
    const existing = this.find(message.room, message.messageId)
    if (!existing || comparePositions(existing, message) === 0) return
    if (comparePositions(message, existing) > 0) return this.#addCopy(message.room, message)
    const sql = `UPDATE messages SET log = ?, log_key = ?, sequence = ?, lamport = ?, time = ?, text = ?
                 WHERE room = ? AND message_id = ?`
    const { log, logKey, sequence, lamport, time, text, room, messageId } = message
    this.#db.prepare(sql).run(log, logKey, sequence, lamport, time, text, room, messageId)
    this.#addCopy(room, existing)
  }

  #addCopy(room: number, message: MessageRow): void {
    const sql = 'INSERT OR IGNORE INTO copies (room, message_id, log_key, sequence) VALUES (?, ?, ?, ?)'
    this.#db.prepare(sql).run(room, message.messageId, message.logKey, message.sequence)
  }
}

/** (Lamport, log key, sequence). */
export function comparePositions(a: Position, b: Position): number {
  return a.lamport - b.lamport || Buffer.compare(a.logKey, b.logKey) || a.sequence - b.sequence
}

function toRow(raw: RawMessage): MessageRow {
  return {
    messageId: raw.message_id,
    logKey: raw.log_key,
    sequence: raw.sequence,
    lamport: raw.lamport,
    identity: raw.identity,
    time: raw.time,
    text: raw.text
  }
}
