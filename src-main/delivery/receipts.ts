/**
 * Says that this device has what others wrote: at once by a signal while they are there, and for good by an entry, at
 * most one a minute and only when there is something new. Anything else this device writes says it as well.
 */
import type { Clock } from '../lib/clock.js'
import { LIMITS } from '../protocol/limits.js'
import type { Store } from '../store/store.js'
import type { RoomDelivery } from './room-delivery.js'
import type { Signals } from './signals.js'

const QUIET_MS = 1000
const AT_MOST_EVERY_MS = 60_000

export class Receipts {
  readonly #delivery: RoomDelivery
  readonly #signals: Signals
  readonly #store: Store
  readonly #clock: Clock
  #somethingNew = false
  #lastReceipt = Number.NEGATIVE_INFINITY
  #cancelReceipt: (() => void) | null = null

  constructor(delivery: RoomDelivery, signals: Signals, store: Store, clock: Clock) {
    this.#delivery = delivery
    this.#signals = signals
    this.#store = store
    this.#clock = clock
    delivery.on('spoke', () => this.#spoke())
  }

  /** Other people's messages were folded. */
  messagesCame(): void {
    if (this.#store.logs.devices(this.#delivery.index.room) > LIMITS.receivedShownUpToDevices) return
    this.#somethingNew = true
    this.#signals.sendSoon()
    const wait = Math.max(QUIET_MS, this.#lastReceipt + AT_MOST_EVERY_MS - this.#clock.now())
    // Should the clock be set back, a minute is still a minute.
    this.#cancelReceipt ??= this.#clock.after(Math.min(wait, AT_MOST_EVERY_MS), () => this.#sendReceipt())
  }

  close(): void {
    this.#cancelReceipt?.()
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
