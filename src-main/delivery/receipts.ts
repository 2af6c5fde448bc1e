/**
 * Says that this device has what others wrote: at once by a signal while they are there, and for good by an entry, at
 * most one a minute and only when there is something new. Anything else this device writes says it as well.
 */

import { logByPrefix } from '../indexer/log-names.js'
import type { RoomIndex } from '../indexer/room-index.js'
import type { Clock } from '../lib/clock.js'
import { hex } from '../protocol/bytes.js'
import { decodePositions, encodePositions, type Head } from '../protocol/entry.js'
import { logPrefix } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { Signal } from '../protocol/room-messages.js'
import { openSignal } from '../protocol/signal.js'
import type { Store } from '../store/store.js'
import type { Author } from './author.js'
import type { RoomDelivery } from './room-delivery.js'

const SIGNAL_MS = 30
const QUIET_MS = 1000
const AT_MOST_EVERY_MS = 60_000

export class Receipts {
  readonly #delivery: RoomDelivery
  readonly #store: Store
  readonly #author: Author
  readonly #clock: Clock
  readonly #positionsRose: () => void
  #somethingNew = false
  #lastReceipt = Number.NEGATIVE_INFINITY
  #counter = 0
  #cancelSignal: (() => void) | null = null
  #cancelReceipt: (() => void) | null = null

  /** `positionsRose` is called when somebody says to have more of what this identity wrote. */
  constructor(delivery: RoomDelivery, store: Store, author: Author, clock: Clock, positionsRose: () => void) {
    this.#positionsRose = positionsRose
    this.#delivery = delivery
    this.#store = store
    this.#author = author
    this.#clock = clock
    delivery.on('spoke', () => this.#spoke())
  }

  /** Other people's messages were folded. */
  messagesCame(): void {
    if (this.#store.logs.devices(this.#index.room) > LIMITS.receivedShownUpToDevices) return
    this.#somethingNew = true
    this.#cancelSignal ??= this.#clock.after(SIGNAL_MS, () => this.#sendSignal())
    const wait = Math.max(QUIET_MS, this.#lastReceipt + AT_MOST_EVERY_MS - this.#clock.now())
    // Should the clock be set back, a minute is still a minute.
    this.#cancelReceipt ??= this.#clock.after(Math.min(wait, AT_MOST_EVERY_MS), () => this.#sendReceipt())
  }

  /** Another device says what it has. False if it is not that device's signal, which is then not to count. */
  signalCame(signal: Signal): boolean {
    const row = this.#store.logs.find(signal.logKey)
    if (!row?.device || !row.identity) return false
    const heads = this.#open(signal, row.device)
    if (!heads) return false
    const { identity } = row
    if (identity.equals(this.#author.identityKey)) return true
    if (heads.filter((head) => this.#raise(head.log, head.length, identity)).length > 0) this.#positionsRose()
    return true
  }

  close(): void {
    this.#cancelSignal?.()
    this.#cancelReceipt?.()
  }

  #open(signal: Signal, device: Buffer): readonly Head[] | null {
    try {
      return decodePositions(openSignal(this.#index.keys, signal, device))
    } catch {
      return null
    }
  }

  get #index(): RoomIndex {
    return this.#delivery.index
  }

  #raise(prefix: Buffer, length: number, identity: Buffer): boolean {
    const log = logByPrefix(this.#index, prefix)
    if (!log || !this.#index.replica.own.has(hex(log.key)) || length > log.length) return false
    return this.#store.acks.raisePosition(this.#index.room, log.key, identity, length)
  }

  #sendSignal(): void {
    this.#cancelSignal = null
    const own = this.#delivery.logKey
    if (!own || this.#index.replica.verifiedPeers === 0) return
    const others = this.#store.logs.ofRoom(this.#index.room).filter((log) => log.folded > 0 && !log.logKey.equals(own))
    const heads = others.slice(-LIMITS.entryHeads).map((log) => ({ log: logPrefix(log.logKey), length: log.folded }))
    const now = this.#clock.now()
    this.#counter = Math.max(this.#counter + 1, now)
    const message = { logKey: own, counter: this.#counter, time: now, body: encodePositions(heads) }
    this.#index.replica.sendSignal(this.#author.sealSignal(this.#index.keys, message))
  }

  #sendReceipt(): void {
    this.#cancelReceipt = null
    if (!this.#somethingNew) return
    this.#lastReceipt = this.#clock.now()
    this.#delivery.enqueue({ type: 'receipt', read: [] }).catch(() => {}) // a full disk: the next message tries again
  }

  #spoke(): void {
    this.#somethingNew = false
  }
}
