/** One open room of a member: its replica, index and delivery wired together, and whom it is kept by. */

import type { OpenRoom } from '../commands/context.js'
import type { Author } from '../delivery/author.js'
import { Receipts } from '../delivery/receipts.js'
import { type DeliveryContext, RoomDelivery } from '../delivery/room-delivery.js'
import { Signals } from '../delivery/signals.js'
import type { Folded, RoomIndex } from '../indexer/room-index.js'
import type { RoomReplica } from '../log/room-replica.js'
import { equal, hex } from '../protocol/bytes.js'
import type { IdentityKey, NoiseKey } from '../protocol/ids.js'
import { type RoomKeys, roomKeys } from '../protocol/room-keys.js'
import type { RoomRow } from '../store/rooms-table.js'

export interface SessionEvents {
  /** Something a row of the room list shows. */
  roomChanged(session: RoomSession): void
  messagesChanged(session: RoomSession): void
  pinnedChanged(session: RoomSession): void
  peersChanged(session: RoomSession, verified: number): void
  introduced(key: NoiseKey): void
  /** The outbox is empty, or a neighbour is there to hear that it is. */
  settled(session: RoomSession): void
}

export class RoomSession implements OpenRoom {
  readonly keys: RoomKeys
  readonly replica: RoomReplica
  readonly delivery: RoomDelivery
  row: RoomRow
  pinned: readonly NoiseKey[] = []

  readonly #context: DeliveryContext
  readonly #events: SessionEvents
  readonly #index: RoomIndex
  readonly #signals: Signals
  readonly #receipts: Receipts
  readonly #offs: (() => void)[] = []

  /** Opens the room's logs and folds them; own entries go on where they stopped. */
  static async open(row: RoomRow, context: DeliveryContext, events: SessionEvents): Promise<RoomSession> {
    const keys = roomKeys(row.secret, row.creator)
    const replica = await context.logs.openRoom(keys.roomId, context.store.rooms)
    const session = new RoomSession(row, keys, replica, context, events)
    await session.#open()
    return session
  }

  private constructor(
    row: RoomRow,
    keys: RoomKeys,
    replica: RoomReplica,
    context: DeliveryContext,
    events: SessionEvents
  ) {
    this.row = row
    this.keys = keys
    this.replica = replica
    this.#context = context
    this.#events = events
    const author: Author = context.author
    this.#index = {
      room: row.room,
      keys,
      replica,
      me: author.identityKey,
      lamport: context.store.logs.lamport(row.room)
    }
    this.delivery = new RoomDelivery(this.#index, context)
    const { store, clock } = context
    this.#signals = new Signals(this.delivery, store, author, clock, {
      positionsRose: () => this.#events.messagesChanged(this),
      presenceChanged: () => this.#events.roomChanged(this)
    })
    this.#receipts = new Receipts(this.delivery, this.#signals, store, clock)
  }

  isHere(identity: IdentityKey): boolean {
    return this.#signals.isHere(identity)
  }

  holdsAll(replica: NoiseKey): boolean {
    const { acks } = this.#context.store
    const logs = [...this.replica.logs.values()].filter(({ length }) => length > 0)
    if (logs.length === 0 || this.#context.store.outbox.isWaiting(this.row.room)) return false
    return logs.every((log) => acks.of(log.key, replica) >= log.length)
  }

  /** This person's choice of root peers changed. */
  rootPeersChanged(): void {
    this.#updatePinned()
  }

  setLeaving(leaving: boolean): void {
    this.#context.store.rooms.setLeaving(this.row.room, leaving)
    this.row = { ...this.row, leaving }
  }

  async close(): Promise<void> {
    for (const off of this.#offs.splice(0)) off()
    this.#receipts.close()
    this.#signals.close()
    await this.delivery.close()
  }

  async #open(): Promise<void> {
    const { indexer } = this.#context
    this.#updatePinned()
    this.#updateRetired()
    this.replica.signalJudge = (signal) => this.#signals.came(signal)
    this.#offs.push(
      this.replica.on('appended', ({ log }) => indexer.fold(this.#index, log)),
      this.replica.on('roster', () => this.#updateRetired()),
      this.replica.on('introduced', ({ key }) => this.#events.introduced(key)),
      this.replica.on('peers', ({ verified }) => this.#events.peersChanged(this, verified)),
      indexer.on('folded', (folded) => this.#onFolded(folded)),
      this.delivery.on('changed', () => this.#onDelivery()),
      this.delivery.on('drained', () => this.#events.settled(this)),
      this.replica.on('heard', () => this.#events.settled(this))
    )
    await this.delivery.open()
    this.#updatePinned()
  }

  #onFolded(folded: Folded): void {
    if (folded.index !== this.#index) return
    if (folded.messages > 0) this.#receipts.messagesCame()
    if (folded.room) this.#updatePinned()
    this.#events.messagesChanged(this)
    this.#events.roomChanged(this)
  }

  #onDelivery(): void {
    this.#updatePinned()
    this.#events.messagesChanged(this)
    this.#events.roomChanged(this)
  }

  /** The room's entries say who is pinned; until they speak of a key, the invite and this person's choice do. */
  #updatePinned(): void {
    const { messages, settings } = this.#context.store
    const entries = messages.fieldKeys(this.row.room, 'pin')
    const chosen = [...this.row.inviteRootPeers, ...settings.rootPeersOf(this.row.room)]
    const unspoken = chosen.filter((key) => !entries.some((entry) => equal(entry.key, key)))
    const said = entries.filter(({ value }) => value === 'pinned').map(({ key }) => key)
    const pinned = new Map([...said, ...unspoken].map((key) => [hex(key), key]))
    if ([...pinned.keys()].join() === this.pinned.map(hex).join()) return
    this.pinned = [...pinned.values()]
    this.replica.watched = new Set(pinned.keys())
    this.#events.pinnedChanged(this)
  }

  #updateRetired(): void {
    const { logs } = this.#context.store
    for (const log of this.replica.logs.values()) {
      if (!log.isRetired) continue
      const row = logs.ensure(this.row.room, log.key)
      if (row.retired) continue
      logs.setRetired(row.log)
      if (row.identity) logs.updateShown(this.row.room, row.identity)
    }
  }
}
