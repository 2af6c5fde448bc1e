/** Writes what the entries of one log say into the store. Runs inside the fold's transaction; never throws on content. */
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
  #mine: ReadonlyMap<string, LogKey> | null = null

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
    if (!equal(identity, this.#index.me)) this.#foldHeads(identity, entry)
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

  /** What another identity's entry says that it has of this identity's logs. */
  #foldHeads(identity: Buffer, { heads }: Entry): void {
    for (const head of heads) {
      const logKey = this.#myLogs().get(hex(head.log))
      const log = logKey && this.#index.replica.log(logKey)
      if (!log) continue
      const length = Math.min(head.length, log.length)
      if (this.#store.acks.raisePosition(this.#log.room, log.key, identity, length)) this.change.positions = true
    }
  }

  #myLogs(): ReadonlyMap<string, LogKey> {
    const keys = () => this.#store.logs.ofIdentity(this.#log.room, this.#index.me)
    this.#mine ??= new Map(keys().map((key) => [hex(logPrefix(key)), key]))
    return this.#mine
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
