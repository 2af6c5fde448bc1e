/** Gathers what changed and tells it at most every few milliseconds: events say what changed, views query again. */
import type { EventMap, EventName } from '../../src-preload/contract/index.js'

const GATHER_MS = 4

export class Changes {
  readonly #emit: <Name extends EventName>(name: Name, payload: EventMap[Name]) => void
  readonly #rooms = new Set<string>()
  readonly #messages = new Set<string>()
  #allRooms = false
  #network = false
  #timer: NodeJS.Timeout | null = null
  #closed = false

  constructor(emit: <Name extends EventName>(name: Name, payload: EventMap[Name]) => void) {
    this.#emit = emit
  }

  /** Null: any of them. */
  rooms(roomId: string | null): void {
    if (roomId === null) this.#allRooms = true
    else this.#rooms.add(roomId)
    this.#soon()
  }

  messages(roomId: string): void {
    this.#messages.add(roomId)
    this.#soon()
  }

  network(): void {
    this.#network = true
    this.#soon()
  }

  close(): void {
    this.#closed = true
    if (this.#timer) clearTimeout(this.#timer)
  }

  #soon(): void {
    if (this.#closed || this.#timer) return
    this.#timer = setTimeout(() => this.#tell(), GATHER_MS)
  }

  #tell(): void {
    this.#timer = null
    for (const roomId of this.#messages) this.#emit('messages.changed', { roomId })
    if (this.#allRooms) this.#emit('rooms.changed', {})
    else if (this.#rooms.size > 0) this.#emit('rooms.changed', { roomIds: [...this.#rooms] })
    if (this.#network) this.#emit('network.changed', {})
    this.#messages.clear()
    this.#rooms.clear()
    this.#allRooms = false
    this.#network = false
  }
}
