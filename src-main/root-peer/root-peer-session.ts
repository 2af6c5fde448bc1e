/**
 * The serving side of `mangrove/root-peer/1` on one connection. Requests are handled one after the other; when too many
 * wait, reading stops. Nothing that the other side sends can throw here.
 */
import c from 'compact-encoding'
import type { NoiseKey, RoomId } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { Connection, MuxChannel } from '../protocol/ports.js'
import {
  type Announcement,
  decodeRegisterRoom,
  decodeWantRoom,
  encodeAnnouncement,
  encodeRegistered,
  encodeRootPeerRefused,
  type Registered,
  type RegisterRoom,
  ROOT_PEER_MESSAGES,
  ROOT_PEER_PROTOCOL,
  type RootPeerRefused
} from '../protocol/root-peer-messages.js'

const PAUSE_ABOVE = 64
const RESUME_BELOW = 16

export type Answer = Registered | RootPeerRefused

export interface SessionService {
  /** Our Noise key, the channel's id. */
  readonly publicKey: NoiseKey
  readonly announcement: Announcement
  register(request: RegisterRoom): Answer
  want(roomId: RoomId): Answer
  /** Opens the room on this connection, after it was answered. */
  serve(roomId: RoomId): Promise<void>
  /** Storage failed, or a bug of ours. */
  failed(error: unknown): void
}

export class RootPeerSession {
  readonly #connection: Connection
  readonly #service: SessionService
  #channel: MuxChannel | null = null
  #queue: Promise<void> = Promise.resolve()
  #waiting = 0
  #paused = false

  /** Waits for the other side to open the channel. */
  constructor(connection: Connection, service: SessionService) {
    this.#connection = connection
    this.#service = service
    const id = service.publicKey
    connection.mux.pair({ protocol: ROOT_PEER_PROTOCOL, id }, () => this.#open())
  }

  close(): void {
    this.#connection.mux.unpair({ protocol: ROOT_PEER_PROTOCOL, id: this.#service.publicKey })
    this.#channel?.close()
  }

  #open(): void {
    const channel = this.#connection.mux.createChannel({
      protocol: ROOT_PEER_PROTOCOL,
      id: this.#service.publicKey,
      handshake: null,
      messages: this.#messages(),
      onopen: () => this.#send('announcement', encodeAnnouncement(this.#service.announcement)),
      onclose: () => {
        if (this.#channel === channel) this.#channel = null
      }
    })
    if (!channel) return
    this.#channel = channel
    channel.open(Buffer.alloc(0))
  }

  /** In the order of ROOT_PEER_MESSAGES. */
  #messages() {
    const unexpected = () => this.#connection.misbehaved('a message that only a root peer sends')
    const handlers: ((bytes: Buffer) => void)[] = []
    handlers[ROOT_PEER_MESSAGES.announcement] = unexpected
    handlers[ROOT_PEER_MESSAGES.registerRoom] = (bytes) => this.#onregister(bytes)
    handlers[ROOT_PEER_MESSAGES.wantRoom] = (bytes) => this.#onwant(bytes)
    handlers[ROOT_PEER_MESSAGES.registered] = unexpected
    handlers[ROOT_PEER_MESSAGES.refused] = unexpected
    return handlers.map((handler) => ({
      encoding: c.raw,
      onmessage: (bytes: Buffer) => {
        if (this.#channel && !this.#connection.closed) handler(bytes)
      }
    }))
  }

  #onregister(bytes: Buffer): void {
    const request = this.#decode(bytes, decodeRegisterRoom)
    if (request) this.#enqueue(() => this.#service.register(request))
  }

  #onwant(bytes: Buffer): void {
    const roomId = this.#decode(bytes, decodeWantRoom)
    if (roomId) this.#enqueue(() => this.#service.want(roomId))
  }

  /** A copy, because what we keep of it must not hold the network's buffer. */
  #decode<T>(bytes: Buffer, decode: (bytes: Uint8Array) => T): T | null {
    try {
      if (bytes.byteLength > LIMITS.frame) throw new Error('frame too large')
      return decode(Buffer.from(bytes))
    } catch (error) {
      this.#connection.misbehaved(`root-peer: ${error instanceof Error ? error.message : 'malformed'}`)
      return null
    }
  }

  #enqueue(answer: () => Answer): void {
    this.#waiting++
    if (this.#waiting > PAUSE_ABOVE && !this.#paused) {
      this.#paused = true
      this.#connection.pause()
    }
    this.#queue = this.#queue.then(() => this.#handle(answer))
  }

  /** Never rejects. */
  async #handle(request: () => Answer): Promise<void> {
    try {
      if (this.#channel && !this.#connection.closed) await this.#answer(request())
    } catch (error) {
      // Without an answer the member would wait: the end of the channel tells it to come back later.
      this.#service.failed(error)
      this.#channel?.close()
    }
    this.#waiting--
    if (!this.#paused || this.#waiting >= RESUME_BELOW) return
    this.#paused = false
    this.#connection.resume()
  }

  async #answer(answer: Answer): Promise<void> {
    if ('code' in answer) {
      this.#send('refused', encodeRootPeerRefused(answer))
      return
    }
    this.#send('registered', encodeRegistered(answer))
    await this.#service.serve(answer.roomId)
  }

  #send(message: 'announcement' | 'registered' | 'refused', bytes: Buffer): void {
    this.#channel?.messages[ROOT_PEER_MESSAGES[message]]?.send(bytes)
  }
}
