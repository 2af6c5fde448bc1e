/** Rows as views: bytes become text here, on their way to the bridge. */
import type { MessageView, RoomView } from '../../src-preload/contract/index.js'
import { MessageStates } from '../delivery/message-states.js'
import { equal } from '../protocol/bytes.js'
import type { Entry } from '../protocol/entry.js'
import { encodeKey, encodeMessageId, messageId } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { MessageRow } from '../store/messages-table.js'
import type { OutboxRow } from '../store/outbox-table.js'
import type { Store } from '../store/store.js'
import type { CommandContext, OpenRoom } from './context.js'

const NO_KEY = Buffer.alloc(0)

export function roomName(store: Store, room: OpenRoom): string {
  return store.messages.field(room.row.room, 'name', NO_KEY) ?? room.row.inviteName
}

/** Turns the rows of one room into views; names and states are looked up once. */
export class MessageViews {
  readonly #context: CommandContext
  readonly #room: OpenRoom
  readonly #roomId: string
  readonly #me: Buffer
  readonly #myName: string
  readonly #names = new Map<string, string>()
  readonly #states: MessageStates

  constructor(context: CommandContext, room: OpenRoom) {
    const account = context.account()
    this.#context = context
    this.#room = room
    this.#roomId = encodeKey(room.keys.roomId)
    this.#me = account.identityKey
    this.#myName = account.name
    this.#states = new MessageStates(context.store, room.row.room, account.identityKey, room.pinned)
  }

  message(row: MessageRow): MessageView {
    const view = {
      id: encodeMessageId(row.messageId),
      roomId: this.#roomId,
      author: { id: encodeKey(row.identity), name: this.#name(row.identity) },
      text: row.text,
      sentAt: Math.min(row.time, this.#context.clock.now() + LIMITS.clockAhead)
    }
    return equal(row.identity, this.#me) ? { ...view, state: this.#states.of(row) } : view
  }

  /** A row that is in no log yet; null if it is no message, or is shown already from another log. */
  waiting(row: OutboxRow, entry: Entry): MessageView | null {
    const id = messageId(this.#me, row.clientId)
    if (entry.body.type !== 'text' || this.#context.store.messages.find(this.#room.row.room, id)) return null
    return {
      id: encodeMessageId(id),
      roomId: this.#roomId,
      author: { id: encodeKey(this.#me), name: this.#myName },
      text: entry.body.text,
      sentAt: entry.time,
      state: 'saved'
    }
  }

  #name(identity: Buffer): string {
    const key = encodeKey(identity)
    const known = this.#names.get(key)
    if (known !== undefined) return known
    const name = this.#context.store.messages.field(this.#room.row.room, 'member', identity) ?? ''
    this.#names.set(key, name)
    return name
  }
}

export function roomView(context: CommandContext, room: OpenRoom, lastMessage: MessageView | undefined): RoomView {
  const { store, peers } = context
  const rootPeers = room.pinned.map((key) => ({
    key: encodeKey(key),
    state: peers.rootPeerState(key),
    holdsAll: room.holdsAll(key)
  }))
  return {
    roomId: encodeKey(room.keys.roomId),
    name: roomName(store, room),
    unread: store.messages.unread(room.row.room, context.account().identityKey),
    members: store.logs.members(room.row.room),
    ...(lastMessage && { lastMessage }),
    rootPeers
  }
}
