/** The rooms of this profile, their rosters and read marks. */
import { equal } from '../protocol/bytes.js'
import type { IdentityKey, LogKey, NoiseKey, RoomId } from '../protocol/ids.js'
import type { RosterPort } from '../protocol/ports.js'
import type { StoreDatabase } from './database.js'

export interface RoomRow {
  readonly room: number
  readonly roomId: RoomId
  readonly secret: Buffer
  readonly creator: IdentityKey
  readonly inviteName: string
  readonly inviteRootPeers: readonly NoiseKey[]
  readonly inviter: NoiseKey | null
  readonly joinedAt: number
  readonly leaving: boolean
}

export type NewRoom = Omit<RoomRow, 'room' | 'leaving'>

interface RawRoom {
  room: number
  room_id: Buffer
  secret: Buffer
  creator: Buffer
  invite_name: string
  invite_root_peers: Buffer
  inviter: Buffer | null
  joined_at: number
  leaving: number
}

export class RoomsTable implements RosterPort {
  readonly #db: StoreDatabase

  constructor(db: StoreDatabase) {
    this.#db = db
  }

  all(): RoomRow[] {
    return this.#db.prepare<[], RawRoom>('SELECT * FROM rooms ORDER BY room').all().map(toRow)
  }

  find(roomId: RoomId): RoomRow | null {
    const raw = this.#db.prepare<[Buffer], RawRoom>('SELECT * FROM rooms WHERE room_id = ?').get(roomId)
    return raw ? toRow(raw) : null
  }

  add(room: NewRoom): RoomRow {
    const sql = `INSERT INTO rooms (room_id, secret, creator, invite_name, invite_root_peers, inviter, joined_at)
                 VALUES (?, ?, ?, ?, ?, ?, ?)`
    const keys = Buffer.concat(room.inviteRootPeers as Buffer[])
    this.#db
      .prepare(sql)
      .run(room.roomId, room.secret, room.creator, room.inviteName, keys, room.inviter, room.joinedAt)
    return this.find(room.roomId) as RoomRow
  }

  setLeaving(room: number, leaving: boolean): void {
    this.#db.prepare('UPDATE rooms SET leaving = ? WHERE room = ?').run(leaving ? 1 : 0, room)
  }

  /** Removes the room with its secret and every row that came of it. */
  remove(room: number): void {
    const logs = 'SELECT log_key FROM logs WHERE room = ? UNION SELECT log_key FROM roster WHERE room = ?'
    this.#db.prepare(`DELETE FROM acks WHERE log_key IN (${logs})`).run(room, room)
    this.#db.prepare(`DELETE FROM read_marks WHERE log_key IN (${logs})`).run(room, room)
    this.#db.prepare('DELETE FROM rooms WHERE room = ?').run(room)
  }

  load(roomId: RoomId): Buffer[] {
    const sql = 'SELECT record FROM roster JOIN rooms USING (room) WHERE room_id = ?'
    return this.#db
      .prepare<[Buffer], { record: Buffer }>(sql)
      .all(roomId)
      .map(({ record }) => record)
  }

  save(roomId: RoomId, logKey: LogKey, kind: 'log' | 'retired', record: Buffer): void {
    const sql = `INSERT OR REPLACE INTO roster (room, log_key, kind, record)
                 SELECT room, ?, ?, ? FROM rooms WHERE room_id = ?`
    this.#db.prepare(sql).run(logKey, kind, record, roomId)
  }

  readMark(logKey: LogKey, length: number): void {
    const sql = `INSERT INTO read_marks (log_key, length) VALUES (?, ?)
                 ON CONFLICT (log_key) DO UPDATE SET length = max(length, excluded.length)`
    this.#db.prepare(sql).run(logKey, length)
  }
}

function toRow(raw: RawRoom): RoomRow {
  const keys = Array.from({ length: raw.invite_root_peers.byteLength / 32 }, (_, i) =>
    raw.invite_root_peers.subarray(i * 32, (i + 1) * 32)
  )
  return {
    room: raw.room,
    roomId: raw.room_id,
    secret: raw.secret,
    creator: raw.creator,
    inviteName: raw.invite_name,
    inviteRootPeers: keys,
    inviter: raw.inviter,
    joinedAt: raw.joined_at,
    leaving: raw.leaving === 1
  }
}

export function hasKey(keys: readonly Buffer[], key: Buffer): boolean {
  return keys.some((other) => equal(other, key))
}
