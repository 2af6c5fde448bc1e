/** Owns the Corestore: opens rooms' replicas, and one LogPeer for each connection. */
import Corestore from 'corestore'
import { makeFolder } from '../lib/folders.js'
import type { Logger } from '../lib/logger.js'
import { hex } from '../protocol/bytes.js'
import type { RoomId } from '../protocol/ids.js'
import type { Connection, RosterPort } from '../protocol/ports.js'
import { LogPeer } from './log-peer.js'
import { RoomReplica } from './room-replica.js'
import { WalSync } from './wal-sync.js'

export interface LogContext {
  readonly store: Corestore
  readonly wal: WalSync
  readonly logger: Logger
  /** A root peer forwards signals that it cannot read. */
  readonly isRootPeer: boolean
}

export interface LogStoreOptions {
  /** The Corestore's folder, `cores/` of the profile. */
  readonly folder: string
  readonly logger: Logger
  readonly isRootPeer?: boolean
}

/** Thrown by `ready` when Corestore says that its folder was copied from elsewhere: appending there would fork. */
export class CopiedStoreError extends Error {
  constructor(cause: unknown) {
    super('The log store was copied from another place.', { cause })
    this.name = 'CopiedStoreError'
  }
}

export class LogStore {
  readonly #context: LogContext
  readonly #rooms = new Map<string, Promise<RoomReplica>>()
  readonly #peers = new Set<LogPeer>()

  constructor(options: LogStoreOptions) {
    makeFolder(options.folder)
    const store = new Corestore(options.folder)
    const wal = new WalSync(store, options.folder)
    this.#context = { store, wal, logger: options.logger, isRootPeer: options.isRootPeer ?? false }
  }

  /** Throws CopiedStoreError, or what the storage says. */
  async ready(): Promise<void> {
    try {
      await this.#context.store.ready()
    } catch (error) {
      throw (error as { code?: string }).code === 'DEVICE_FILE' ? new CopiedStoreError(error) : error
    }
  }

  /** Resolves true once everything appended so far survives a power cut. */
  synced(): Promise<boolean> {
    return this.#context.wal.synced()
  }

  /** The connections at present. */
  get peers(): ReadonlySet<LogPeer> {
    return this.#peers
  }

  /** The room's replica; the same one until it is closed. */
  openRoom(roomId: RoomId, roster: RosterPort): Promise<RoomReplica> {
    const key = hex(roomId)
    const existing = this.#rooms.get(key)
    if (existing) return existing
    const opening = this.#openRoom(Buffer.from(roomId), roster)
    this.#rooms.set(key, opening)
    opening.catch(() => this.#rooms.delete(key))
    return opening
  }

  async closeRoom(roomId: RoomId): Promise<void> {
    const room = await this.#takeRoom(roomId)
    await room?.close()
  }

  /** Removes the room's logs from this machine. */
  async purgeRoom(roomId: RoomId): Promise<void> {
    const room = await this.#takeRoom(roomId)
    await room?.purge()
  }

  attach(connection: Connection): LogPeer {
    const peer = new LogPeer(connection)
    this.#peers.add(peer)
    connection.onClose(() => this.#peers.delete(peer))
    return peer
  }

  /** Closes rooms first, then the storage they lie in. */
  async close(): Promise<void> {
    const rooms = await Promise.allSettled(this.#rooms.values())
    this.#rooms.clear()
    for (const room of rooms) if (room.status === 'fulfilled') await room.value.close()
    this.#context.wal.close()
    await this.#context.store.close()
  }

  async #openRoom(roomId: RoomId, roster: RosterPort): Promise<RoomReplica> {
    const room = new RoomReplica(roomId, roster, this.#context)
    await room.ready()
    return room
  }

  async #takeRoom(roomId: RoomId): Promise<RoomReplica | null> {
    const opening = this.#rooms.get(hex(roomId))
    this.#rooms.delete(hex(roomId))
    const room = await opening?.catch(() => null)
    if (!room) return null
    for (const peer of this.#peers) peer.unpairRoom(room)
    return room
  }
}
