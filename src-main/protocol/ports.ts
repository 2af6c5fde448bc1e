/** What one subsystem needs of another, as types: node/ wires the real ones. */
import type { NoiseKey, RoomId } from './ids.js'

/** One connection to one peer, as network/ hands it to log/, root-peer/ and root-peer-client/. */
export interface Connection {
  readonly remoteKey: NoiseKey
  readonly isInitiator: boolean
  /** The Noise handshake hash, 64 bytes: binds what we prove to this connection. */
  readonly handshakeHash: Buffer
  /** The Protomux on this connection. */
  readonly mux: Mux
  readonly closed: boolean
  /** Bytes written by us that the transport has not taken yet. */
  readonly pendingWrites: number
  /**
   * Stops and goes on reading. Counted, so pauses of several users add up. The transport buffers what comes meanwhile
   * and does not slow the sender, so senders bound what they have unacknowledged, and who piles up too much is dropped.
   */
  pause(): void
  resume(): void
  /** A protocol error by the peer; the third one closes the connection and backs off. */
  misbehaved(what: string): void
  close(): void
  onClose(listener: () => void): void
  onDrain(listener: () => void): void
}

/** The part of Protomux (https://github.com/holepunchto/protomux) that we use. */
export interface Mux {
  createChannel(options: ChannelOptions): MuxChannel | null
  pair(options: { protocol: string; id: Buffer | null }, notify: (id: Buffer) => void): void
  unpair(options: { protocol: string; id: Buffer | null }): void
  opened(options: { protocol: string; id: Buffer | null }): boolean
  cork(): void
  uncork(): void
}

export interface ChannelOptions {
  protocol: string
  id: Buffer | null
  unique?: boolean
  handshake: unknown
  messages: { encoding: unknown; onmessage: (message: Buffer) => void }[]
  onopen?: (handshake: Buffer) => void
  onclose?: (isRemote: boolean) => void
  ondestroy?: () => void
  ondrain?: () => void
}

export interface MuxChannel {
  readonly messages: { send(message: Buffer): boolean }[]
  readonly opened: boolean
  readonly closed: boolean
  open(handshake: Buffer): void
  close(): void
}

/** What commands/, root-peer/ and root-peer-client/ may ask of the network. */
export interface NetworkPort {
  readonly publicKey: NoiseKey
  readonly online: boolean
  /** Looks a topic up and, if `announce`, is found there. Joining twice changes `announce`. */
  joinTopic(topic: Buffer, options: { announce: boolean }): void
  leaveTopic(topic: Buffer): void
  /** Keeps a connection to this peer, with backoff, until released. Counted per caller's `reason`. */
  keepConnected(key: NoiseKey, reason: string): void
  release(key: NoiseKey, reason: string): void
  /** Tries this peer once. */
  dial(key: NoiseKey): void
  connectionTo(key: NoiseKey): Connection | null
}

/** Where a replica keeps a room's roster: the index of a member, the registry of a root peer. */
export interface RosterPort {
  /** Encoded roster records of the room, in the order they came. */
  load(roomId: RoomId): Buffer[]
  /** Keeps one more record. `logKey` and `kind` say which one it replaces, if there. */
  save(roomId: RoomId, logKey: Buffer, kind: 'log' | 'retired', record: Buffer): void
}

/** How a member stands with a root peer. */
export type RootPeerState = 'connecting' | 'connected' | 'refused' | 'unreachable'
