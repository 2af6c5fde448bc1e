/** Small values: secrets of the account (the vault), settings, and the root peers this person added. */
import type { NoiseKey } from '../protocol/ids.js'
import type { StoreDatabase } from './database.js'

export interface RootPeerRow {
  readonly key: NoiseKey
  readonly allRooms: boolean
}

export class SettingsTable {
  readonly #db: StoreDatabase

  constructor(db: StoreDatabase) {
    this.#db = db
  }

  secret(name: string): Buffer | null {
    const sql = 'SELECT value FROM secrets WHERE name = ?'
    return this.#db.prepare<[string], { value: Buffer }>(sql).get(name)?.value ?? null
  }

  setSecret(name: string, value: Buffer): void {
    this.#db.prepare('INSERT OR REPLACE INTO secrets (name, value) VALUES (?, ?)').run(name, value)
  }

  setting(name: string): string | null {
    const sql = 'SELECT value FROM settings WHERE name = ?'
    return this.#db.prepare<[string], { value: string }>(sql).get(name)?.value ?? null
  }

  setSetting(name: string, value: string): void {
    this.#db.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)').run(name, value)
  }

  rootPeers(): RootPeerRow[] {
    const sql = 'SELECT key, all_rooms FROM root_peers ORDER BY added_at, key'
    const rows = this.#db.prepare<[], { key: Buffer; all_rooms: number }>(sql).all()
    return rows.map((row) => ({ key: row.key, allRooms: row.all_rooms === 1 }))
  }

  addRootPeer(key: NoiseKey, allRooms: boolean, now: number): void {
    const sql = `INSERT INTO root_peers (key, all_rooms, added_at) VALUES (?, ?, ?)
                 ON CONFLICT (key) DO UPDATE SET all_rooms = max(all_rooms, excluded.all_rooms)`
    this.#db.prepare(sql).run(key, allRooms ? 1 : 0, now)
  }

  /** Root peers this person asked to keep the room, by name or with all rooms. */
  rootPeersOf(room: number): NoiseKey[] {
    const sql = 'SELECT key FROM root_peers WHERE all_rooms = 1 UNION SELECT key FROM root_peer_rooms WHERE room = ?'
    return this.#db
      .prepare<[number], { key: Buffer }>(sql)
      .all(room)
      .map(({ key }) => key)
  }

  addRootPeerRoom(key: NoiseKey, room: number): void {
    this.#db.prepare('INSERT OR IGNORE INTO root_peer_rooms (key, room) VALUES (?, ?)').run(key, room)
  }
}
