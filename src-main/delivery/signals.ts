/**
 * What is said only to those who are there: that this device is here, and what it has of others' logs. Sealed for the
 * room, signed by the device, never stored; root peers pass signals on without reading them (DESIGN §4).
 */
import { logByPrefix } from '../indexer/log-names.js'
import type { RoomIndex } from '../indexer/room-index.js'
import type { Clock } from '../lib/clock.js'
import { hex } from '../protocol/bytes.js'
import { decodePositions, encodePositions, type Head, type Positions } from '../protocol/entry.js'
import { type IdentityKey, logPrefix } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { Signal } from '../protocol/room-messages.js'
import { openSignal } from '../protocol/signal.js'
import type { Store } from '../store/store.js'
import type { Author } from './author.js'
import type { RoomDelivery } from './room-delivery.js'

const SOON_MS = 30
/** Who is here says so this often, and counts as here until two were missed. */
const BEAT_MS = 30_000
const HERE_FOR_MS = 75_000

export interface SignalListener {
  /** Somebody says to have more of what this identity wrote. */
  positionsRose(): void
  /** Somebody came or went. */
  presenceChanged(): void
}

export class Signals {
  readonly #delivery: RoomDelivery
  readonly #store: Store
  readonly #author: Author
  readonly #clock: Clock
  readonly #listener: SignalListener
  readonly #offs: (() => void)[]
  /** Until when a device counts as here, and whose it is, by log key in hex. */
  readonly #devices = new Map<string, { readonly identity: IdentityKey; readonly until: number }>()
  #counter = 0
  #cancelSoon: (() => void) | null = null
  #cancelBeat: (() => void) | null = null

  constructor(delivery: RoomDelivery, store: Store, author: Author, clock: Clock, listener: SignalListener) {
    this.#delivery = delivery
    this.#store = store
    this.#author = author
    this.#clock = clock
    this.#listener = listener
    const { replica } = delivery.index
    this.#offs = [replica.on('heard', () => this.sendSoon()), replica.on('peers', () => this.#onPeers())]
    this.#beat()
  }

  sendSoon(): void {
    this.#cancelSoon ??= this.#clock.after(SOON_MS, () => {
      this.#cancelSoon = null
      this.#send(false)
    })
  }

  /** True if a device of this identity says that it is there, and we hear anybody at all. */
  isHere(identity: IdentityKey): boolean {
    const now = this.#clock.now()
    return [...this.#devices.values()].some((device) => device.until > now && device.identity.equals(identity))
  }

  /** False if it is not the signal of that log's device, which is then not to count. */
  came(signal: Signal): boolean {
    const row = this.#store.logs.find(signal.logKey)
    if (!row?.device || !row.identity) return false
    const positions = this.#open(signal, row.device)
    if (!positions) return false
    this.#notePresence(signal, row.identity, positions.away)
    if (!row.identity.equals(this.#author.identityKey)) this.#notePositions(positions.received, row.identity)
    return true
  }

  /** Says goodbye to whoever is there. */
  close(): void {
    this.#cancelSoon?.()
    this.#cancelBeat?.()
    for (const off of this.#offs) off()
    this.#send(true)
  }

  get #index(): RoomIndex {
    return this.#delivery.index
  }

  #beat(): void {
    this.#cancelBeat = this.#clock.after(BEAT_MS, () => {
      this.#send(false)
      this.#forgetGone()
      this.#beat()
    })
  }

  #send(away: boolean): void {
    const own = this.#delivery.logKey
    if (!own || this.#index.replica.verifiedPeers === 0) return
    const now = this.#clock.now()
    this.#counter = Math.max(this.#counter + 1, now)
    const body = encodePositions({ received: this.#positions(own), away })
    const message = { logKey: own, counter: this.#counter, time: now, body }
    this.#index.replica.sendSignal(this.#author.sealSignal(this.#index.keys, message))
  }

  /** Large rooms show no *received*, so nobody needs to say it there. */
  #positions(own: Buffer): Head[] {
    if (this.#store.logs.devices(this.#index.room) > LIMITS.receivedShownUpToDevices) return []
    const others = this.#store.logs.ofRoom(this.#index.room).filter((log) => log.folded > 0 && !log.logKey.equals(own))
    return others.slice(-LIMITS.entryHeads).map((log) => ({ log: logPrefix(log.logKey), length: log.folded }))
  }

  #open(signal: Signal, device: Buffer): Positions | null {
    try {
      return decodePositions(openSignal(this.#index.keys, signal, device))
    } catch {
      return null
    }
  }

  #notePresence(signal: Signal, identity: IdentityKey, away: boolean): void {
    const key = hex(signal.logKey)
    const wasHere = this.isHere(identity)
    const isNew = !this.#devices.has(key)
    if (away) this.#devices.delete(key)
    else this.#devices.set(key, { identity: Buffer.from(identity), until: this.#clock.now() + HERE_FOR_MS })
    if (isNew && !away) this.sendSoon()
    if (this.isHere(identity) !== wasHere) this.#listener.presenceChanged()
  }

  #notePositions(heads: readonly Head[], identity: IdentityKey): void {
    const rose = heads.filter((head) => this.#raise(head, identity))
    if (rose.length > 0) this.#listener.positionsRose()
  }

  #raise(head: Head, identity: IdentityKey): boolean {
    const log = logByPrefix(this.#index, head.log)
    if (!log || !this.#index.replica.own.has(hex(log.key)) || head.length > log.length) return false
    return this.#store.acks.raisePosition(this.#index.room, log.key, identity, head.length)
  }

  /** Whom nobody can hear of any more is not here. */
  #onPeers(): void {
    if (this.#index.replica.verifiedPeers > 0 || this.#devices.size === 0) return
    this.#devices.clear()
    this.#listener.presenceChanged()
  }

  #forgetGone(): void {
    const now = this.#clock.now()
    const gone = [...this.#devices].filter(([, device]) => device.until <= now)
    for (const [key] of gone) this.#devices.delete(key)
    if (gone.length > 0) this.#listener.presenceChanged()
  }
}
