/** The wire: a member's side of one `mangrove/root-peer/1` channel. Nothing that the other side sends can throw here. */
import c from 'compact-encoding'
import type { NoiseKey, RoomId } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { Connection, MuxChannel } from '../protocol/ports.js'
import {
  type Announcement,
  decodeAnnouncement,
  decodeRegistered,
  decodeRootPeerRefused,
  encodeRegisterRoom,
  encodeWantRoom,
  type Grant,
  type Registered,
  ROOT_PEER_MESSAGES,
  ROOT_PEER_PROTOCOL,
  type RootPeerRefused
} from '../protocol/root-peer-messages.js'

export interface ChannelListener {
  opened(): void
  /** `rejected`: the other side has no such channel, so it is not a root peer, or not any more. */
  closed(rejected: boolean): void
  announced(announcement: Announcement): void
  registered(message: Registered): void
  refused(message: RootPeerRefused): void
}

export class RootPeerChannel {
  readonly #connection: Connection
  readonly #channel: MuxChannel
  #opened = false
  #closed = false

  private constructor(connection: Connection, channel: MuxChannel) {
    this.#connection = connection
    this.#channel = channel
  }

  /** Null if there is one on this connection already, or the connection has ended. */
  static open(connection: Connection, listener: ChannelListener): RootPeerChannel | null {
    let self: RootPeerChannel | null = null
    const channel = connection.mux.createChannel({
      protocol: ROOT_PEER_PROTOCOL,
      id: connection.remoteKey,
      handshake: null,
      messages: messages(connection, listener, () => self?.open ?? false),
      onopen: () => {
        if (self) self.#onopen(listener)
      },
      onclose: () => {
        if (self) self.#onclose(listener)
      }
    })
    if (!channel) return null
    self = new RootPeerChannel(connection, channel)
    channel.open(Buffer.alloc(0))
    return self
  }

  get open(): boolean {
    return this.#opened && !this.#closed
  }

  get remoteKey(): NoiseKey {
    return this.#connection.remoteKey
  }

  wantRoom(roomId: RoomId): void {
    this.#send(ROOT_PEER_MESSAGES.wantRoom, encodeWantRoom(roomId))
  }

  registerRoom(grant: Grant): void {
    this.#send(ROOT_PEER_MESSAGES.registerRoom, encodeRegisterRoom({ grant, credential: Buffer.alloc(0) }))
  }

  /** Sends everything that `work` sends in one write. */
  batch(work: () => void): void {
    this.#connection.mux.cork()
    try {
      work()
    } finally {
      this.#connection.mux.uncork()
    }
  }

  close(): void {
    this.#channel.close()
  }

  #send(message: number, bytes: Buffer): void {
    if (this.open) this.#channel.messages[message]?.send(bytes)
  }

  #onopen(listener: ChannelListener): void {
    this.#opened = true
    listener.opened()
  }

  #onclose(listener: ChannelListener): void {
    this.#closed = true
    listener.closed(!this.#opened && !this.#connection.closed)
  }
}

/** In the order of ROOT_PEER_MESSAGES. What comes after the end of the channel is ignored. */
function messages(connection: Connection, listener: ChannelListener, isOpen: () => boolean) {
  const unexpected = () => connection.misbehaved('a message that only a member sends')
  const reading = <T>(decode: (bytes: Uint8Array) => T, handle: (message: T) => void) => {
    return (bytes: Buffer) => {
      const message = tryDecode(connection, bytes, decode)
      if (message !== null) handle(message)
    }
  }
  const handlers: ((bytes: Buffer) => void)[] = []
  handlers[ROOT_PEER_MESSAGES.announcement] = reading(decodeAnnouncement, (message) => listener.announced(message))
  handlers[ROOT_PEER_MESSAGES.registerRoom] = unexpected
  handlers[ROOT_PEER_MESSAGES.wantRoom] = unexpected
  handlers[ROOT_PEER_MESSAGES.registered] = reading(decodeRegistered, (message) => listener.registered(message))
  handlers[ROOT_PEER_MESSAGES.refused] = reading(decodeRootPeerRefused, (message) => listener.refused(message))
  return handlers.map((handler) => ({
    encoding: c.raw,
    onmessage: (bytes: Buffer) => {
      if (isOpen() && !connection.closed) handler(bytes)
    }
  }))
}

function tryDecode<T>(connection: Connection, bytes: Buffer, decode: (bytes: Uint8Array) => T): T | null {
  try {
    if (bytes.byteLength > LIMITS.frame) throw new Error('frame too large')
    return decode(bytes)
  } catch (error) {
    connection.misbehaved(`root-peer: ${error instanceof Error ? error.message : 'malformed'}`)
    return null
  }
}
