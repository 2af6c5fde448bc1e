/** How far an own message has come; words claim no more than what holds (DESIGN §5). */
import { equal } from '../protocol/bytes.js'
import type { IdentityKey, LogKey, MessageId, NoiseKey } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { Store } from '../store/store.js'

export type MessageState = 'saved' | 'stored' | 'received'

interface Reach {
  readonly logKey: LogKey
  readonly stored: number
  readonly received: number
}

export class MessageStates {
  readonly #store: Store
  readonly #room: number
  readonly #reaches: Reach[]

  /** `rootPeers` are those pinned in the room now: only what they acknowledged is stored. */
  constructor(store: Store, room: number, me: IdentityKey, rootPeers: readonly NoiseKey[]) {
    this.#store = store
    this.#room = room
    const showsReceived = store.logs.devices(room) <= LIMITS.receivedShownUpToDevices
    const mine = store.logs.ofRoom(room).filter((log) => log.identity && equal(log.identity, me))
    this.#reaches = mine.map(({ logKey }) => ({
      logKey,
      stored: store.acks.longest(logKey, rootPeers),
      received: showsReceived ? store.acks.received(logKey) : 0
    }))
  }

  /** The best state of all the places where this message was written. */
  of(message: { messageId: MessageId; logKey: LogKey; sequence: number }): MessageState {
    const places = [message, ...this.#store.messages.copies(this.#room, message.messageId)]
    let state: MessageState = 'saved'
    for (const place of places) {
      const reach = this.#reaches.find((candidate) => equal(candidate.logKey, place.logKey))
      if (!reach) continue
      if (reach.received > place.sequence) return 'received'
      if (reach.stored > place.sequence) state = 'stored'
    }
    return state
  }
}
