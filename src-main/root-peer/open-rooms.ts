/** The replicas that are open because a connection uses them; opened on demand, closed a while after the last use. */

import type { Clock } from '../lib/clock.js'
import type { LogStore } from '../log/log-store.js'
import type { RoomReplica } from '../log/room-replica.js'
import { hex } from '../protocol/bytes.js'
import type { RoomId } from '../protocol/ids.js'
import type { Connection, RosterPort } from '../protocol/ports.js'

export interface OpenRoomsOptions {
  readonly logs: Pick<LogStore, 'openRoom' | 'closeRoom'>
  readonly roster: RosterPort
  readonly clock: Clock
  readonly most: number
  /** ms */
  readonly idle: number
  /** A room's log grew. */
  readonly onappended: (roomId: RoomId, entries: number, bytes: number) => void
  readonly onerror: (error: unknown) => void
}

interface OpenRoom {
  readonly roomId: RoomId
  readonly users: Set<Connection>
  replica: Promise<RoomReplica>
  cancelClose: (() => void) | null
}

export class OpenRooms {
  readonly #options: OpenRoomsOptions
  readonly #rooms = new Map<string, OpenRoom>()
  readonly #closing = new Map<string, Promise<void>>()

  constructor(options: OpenRoomsOptions) {
    this.#options = options
  }

  /** Whether this room is open or may be opened. */
  hasPlaceFor(roomId: RoomId): boolean {
    return this.#rooms.size < this.#options.most || this.#rooms.has(hex(roomId))
  }

  /** The room's replica, open at least until this connection closes. Rejects when storage fails. */
  async use(roomId: RoomId, connection: Connection): Promise<RoomReplica> {
    const id = hex(roomId)
    const room = this.#rooms.get(id) ?? this.#add(id, roomId)
    room.cancelClose?.()
    room.cancelClose = null
    if (!room.users.has(connection)) {
      room.users.add(connection)
      connection.onClose(() => this.#release(id, room, connection))
    }
    return room.replica
  }

  close(): void {
    for (const room of this.#rooms.values()) room.cancelClose?.()
    this.#rooms.clear()
  }

  #add(id: string, roomId: RoomId): OpenRoom {
    const replica = this.#open(id, roomId)
    const room: OpenRoom = { roomId, users: new Set(), replica, cancelClose: null }
    this.#rooms.set(id, room)
    // A room that could not be opened is tried again by whoever asks next.
    replica.catch(() => this.#rooms.delete(id))
    return room
  }

  async #open(id: string, roomId: RoomId): Promise<RoomReplica> {
    await this.#closing.get(id)
    const { logs, roster, onappended } = this.#options
    const replica = await logs.openRoom(roomId, roster)
    replica.on('appended', ({ from, to, bytes }) => onappended(roomId, to - from, bytes))
    return replica
  }

  #release(id: string, room: OpenRoom, connection: Connection): void {
    room.users.delete(connection)
    if (room.users.size > 0 || this.#rooms.get(id) !== room) return
    room.cancelClose = this.#options.clock.after(this.#options.idle, () => this.#closeRoom(id, room.roomId))
  }

  #closeRoom(id: string, roomId: RoomId): void {
    this.#rooms.delete(id)
    const closed = this.#options.logs.closeRoom(roomId).catch(this.#options.onerror)
    this.#closing.set(id, closed)
    void closed.then(() => this.#closing.delete(id))
  }
}
