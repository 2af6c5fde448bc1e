/** Writes what the entries of one log say into the store. Runs inside the fold's transaction; never throws on content. */
import type { Log } from '../log/log.js'
import { equal, hex } from '../protocol/bytes.js'
import type { Body, Entry, Hello, RoomChange } from '../protocol/entry.js'
import { verifyHello } from '../protocol/identity.js'
import { type LogKey, logPrefix, messageId } from '../protocol/ids.js'
import type { LogRow } from '../store/logs-table.js'
import type { Position } from '../store/messages-table.js'
import type { Store } from '../store/store.js'
import type { RoomIndex } from './room-index.js'

const NO_KEY = Buffer.alloc(0)

export interface Change {
  messages: number
  room: boolean
  positions: boolean
}

export class Folding {
  readonly change: Change = { messages: 0, room: false, positions: false }
  readonly #store: Store
  readonly #index: RoomIndex
  #log: LogRow
  readonly #positions = new Map<LogKey, number>()
  #logs: ReadonlyMap<string, Log> | null = null

  constructor(store: Store, index: RoomIndex, log: LogRow) {
    this.#store = store
    this.#index = index
    this.#log = log
  }

  fold(sequence: number, entry: Entry): void {
    const at = { lamport: entry.lamport, logKey: this.#log.logKey, sequence }
    if (sequence === 0) this.#foldHello(entry.body, at)
    const { identity } = this.#log
    if (!identity) return
    if (!equal(identity, this.#index.me)) this.#foldHeads(entry)
    this.#foldBody(identity, entry, at)
  }

  #foldHello(hello: Body, at: Position): void {
    const { log, room, logKey } = this.#log
    if (hello.type !== 'hello' || !verifyHello(hello, this.#index.keys.roomId, logKey)) return
    const [identity, device] = [Buffer.from(hello.identityKey), Buffer.from(hello.deviceKey)]
    this.#store.logs.setAuthor(log, identity, device, at.lamport)
    this.#store.logs.updateShown(room, identity)
    this.#log = { ...this.#log, identity, device }
    this.#setName(identity, hello, at)
  }

  #foldBody(identity: Buffer, entry: Entry, at: Position): void {
    const { room, log } = this.#log
    const { body, time } = entry
    switch (body.type) {
      case 'text': {
        const id = messageId(identity, entry.clientId)
        this.#store.messages.add({ ...at, room, log, messageId: id, identity, time, text: body.text })
        if (!equal(identity, this.#index.me)) this.change.messages++
        return
      }
      case 'room':
        return this.#foldRoom(body, at)
      case 'profile':
        return this.#setName(identity, body, at)
      default: // receipts speak by their heads; what later versions write is kept in the log
    }
  }

  /** Writes what the entries said together. To be called once, behind the last of them. */
  finish(): void {
    const { identity, room } = this.#log
    for (const [logKey, length] of this.#positions) {
      if (identity && this.#store.acks.raisePosition(room, logKey, identity, length)) this.change.positions = true
    }
  }

  /**
   * What another identity's entry says that it has of this identity's logs. Those may come later than the entries that
   * name them, as after a restore; what nobody has signed yet cannot be had.
   */
  #foldHeads({ heads }: Entry): void {
    for (const head of heads) {
      const log = this.#nameable().get(hex(head.log))
      if (!log) continue
      const length = Math.min(head.length, Math.max(log.length, log.claimed?.length ?? 0))
      if (length > (this.#positions.get(log.key) ?? 0)) this.#positions.set(log.key, length)
    }
  }

  /** This identity's logs, and those of which nobody knows yet whose they are, by what heads call them. */
  #nameable(): ReadonlyMap<string, Log> {
    this.#logs ??= new Map(this.#mineOrUnknown().map((log) => [hex(logPrefix(log.key)), log]))
    return this.#logs
  }

  #mineOrUnknown(): Log[] {
    const others = this.#store.logs.ofOthers(this.#log.room, this.#index.me)
    const excluded = new Set(others.map(hex))
    return [...this.#index.replica.logs.values()].filter((log) => !excluded.has(hex(log.key)))
  }

  #foldRoom(body: RoomChange, at: Position): void {
    const { messages } = this.#store
    const { room } = this.#log
    if (body.name !== undefined) messages.setField(room, 'name', NO_KEY, body.name, at)
    if (body.topic !== undefined) messages.setField(room, 'topic', NO_KEY, body.topic, at)
    if (body.pin) messages.setField(room, 'pin', body.pin, 'pinned', at)
    if (body.unpin) messages.setField(room, 'pin', body.unpin, 'unpinned', at)
    this.change.room = true
  }

  #setName(identity: Buffer, profile: Pick<Hello, 'name'>, at: Position): void {
    this.change.room = true
    if (profile.name) this.#store.messages.setField(this.#log.room, 'member', identity, profile.name, at)
  }
}
