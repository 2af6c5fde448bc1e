/**
 * What a root peer knows of the rooms it hosts, none of it content: grants, rosters, last activity. One SQLite file,
 * usable without any account. Changes are durable when the call returns, but for `touch`.
 */
import type Database from 'better-sqlite3'
import { hex } from '../protocol/bytes.js'
import type { NoiseKey, RoomId } from '../protocol/ids.js'
import type { RosterPort } from '../protocol/ports.js'
import type { Grant } from '../protocol/root-peer-messages.js'
import { openRegistryFile, storageError } from './registry-file.js'

export interface HostedRoom {
  readonly roomId: RoomId
  /** The Noise key that registered it first. */
  readonly registeredBy: NoiseKey
  readonly grant: Grant
  /** ms since 1970 UTC, as all times here. */
  readonly createdAt: number
  readonly lastActivity: number
}

interface RoomRow {
  roomId: Buffer
  registeredBy: Buffer
  expiresAt: number
  replicationFactor: number
  signature: Buffer
  createdAt: number
  lastActivity: number
}

export class Registry implements RosterPort {
  readonly #db: Database.Database
  readonly #statements: ReturnType<typeof prepare>
  readonly #touched = new Map<string, { roomId: RoomId; at: number }>()

  /** Opens or creates the file. Throws STORAGE_UNWRITABLE, STORAGE_FULL, INTERNAL. */
  constructor(path: string) {
    this.#db = openRegistryFile(path)
    this.#statements = prepare(this.#db)
  }

  get roomCount(): number {
    return this.#run(() => this.#statements.count.get() as number)
  }

  room(roomId: RoomId): HostedRoom | null {
    const row = this.#run(() => this.#statements.room.get(roomId) as RoomRow | undefined)
    return row ? toRoom(row) : null
  }

  /** The rooms that were active last, newest first. */
  recentRooms(limit: number): RoomId[] {
    this.flush()
    return this.#run(() => this.#statements.recent.all(limit) as RoomId[])
  }

  addRoom(grant: Grant, registeredBy: NoiseKey, now: number): void {
    const { roomId, expiresAt, replicationFactor, signature } = grant
    this.#run(() => this.#statements.add.run(roomId, registeredBy, expiresAt, replicationFactor, signature, now, now))
  }

  /** Keeps the grant if it lasts longer than the one that is there. */
  renewRoom({ roomId, expiresAt, replicationFactor, signature }: Grant): void {
    this.#run(() => this.#statements.renew.run(expiresAt, replicationFactor, signature, roomId, expiresAt))
  }

  /** Notes activity; written with the next `flush`, since losing it costs nothing. */
  touch(roomId: RoomId, at: number): void {
    this.#touched.set(hex(roomId), { roomId, at })
  }

  flush(): void {
    if (this.#touched.size === 0) return
    const touched = [...this.#touched.values()]
    this.#touched.clear()
    const write = this.#db.transaction(() => {
      for (const { roomId, at } of touched) this.#statements.touch.run(at, roomId)
    })
    this.#run(() => write())
  }

  load(roomId: RoomId): Buffer[] {
    return this.#run(() => this.#statements.roster.all(roomId) as Buffer[])
  }

  save(roomId: RoomId, logKey: Buffer, kind: 'log' | 'retired', record: Buffer): void {
    this.#run(() => this.#statements.saveRecord.run(roomId, logKey, kind, record))
  }

  /** Facts about this installation, such as its run mark. */
  getSetting(key: string): string | null {
    return this.#run(() => (this.#statements.setting.get(key) as string | undefined) ?? null)
  }

  setSetting(key: string, value: string): void {
    this.#run(() => this.#statements.setSetting.run(key, value))
  }

  /** Idempotent. */
  close(): void {
    if (!this.#db.open) return
    try {
      this.flush()
    } finally {
      this.#db.close()
    }
  }

  #run<T>(query: () => T): T {
    try {
      return query()
    } catch (error) {
      throw storageError(error)
    }
  }
}

function prepare(db: Database.Database) {
  return {
    count: db.prepare('SELECT count(*) FROM rooms').pluck(),
    room: db.prepare('SELECT * FROM rooms WHERE roomId = ?'),
    recent: db.prepare('SELECT roomId FROM rooms ORDER BY lastActivity DESC LIMIT ?').pluck(),
    add: db.prepare('INSERT INTO rooms VALUES (?, ?, ?, ?, ?, ?, ?)'),
    renew: db.prepare(
      'UPDATE rooms SET expiresAt = ?, replicationFactor = ?, signature = ? WHERE roomId = ? AND expiresAt < ?'
    ),
    touch: db.prepare('UPDATE rooms SET lastActivity = ? WHERE roomId = ?'),
    roster: db.prepare('SELECT record FROM roster WHERE roomId = ? ORDER BY position').pluck(),
    saveRecord: db.prepare(
      `INSERT INTO roster (roomId, logKey, kind, record) VALUES (?, ?, ?, ?)
       ON CONFLICT (roomId, logKey, kind) DO UPDATE SET record = excluded.record`
    ),
    setting: db.prepare('SELECT value FROM settings WHERE key = ?').pluck(),
    setSetting: db.prepare('INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
  }
}

function toRoom(row: RoomRow): HostedRoom {
  const { roomId, registeredBy, createdAt, lastActivity, expiresAt, replicationFactor, signature } = row
  return { roomId, registeredBy, createdAt, lastActivity, grant: { roomId, expiresAt, replicationFactor, signature } }
}
