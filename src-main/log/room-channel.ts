/**
 * `mangrove/room/1` on one connection: proves the room, decodes what comes in, and hands it to the room's replica.
 * Nothing is sent or accepted before the other side's proof was verified; pipelined messages still arrive after a
 * close, so every handler asks `verified` first. Handlers return nothing and never throw (a throw would destroy the
 * stream, a promise would cork it).
 */
import c from 'compact-encoding'
import { equal, hex } from '../protocol/bytes.js'
import type { LogKey, NoiseKey } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { MuxChannel } from '../protocol/ports.js'
import {
  type Ack,
  decodeAck,
  decodeHeads,
  decodePeers,
  decodePull,
  decodePush,
  decodeRefused,
  decodeRoster,
  decodeSignal,
  encodeAck,
  encodeHeads,
  encodePeers,
  encodePull,
  encodePush,
  encodeRefused,
  encodeRoster,
  encodeSignal,
  type Frame,
  type PushKind,
  type Refused,
  ROOM_MESSAGES,
  ROOM_PROTOCOL,
  roomChannelId,
  roomProof,
  type Signal,
  type SignedHead
} from '../protocol/room-messages.js'
import type { RosterRecord } from '../protocol/roster.js'
import type { Log } from './log.js'
import type { LogPeer } from './log-peer.js'
import type { RoomReplica } from './room-replica.js'

const MESSAGE_COUNT = Object.keys(ROOM_MESSAGES).length
/** Rows to a frame that stay below the frame limit. */
const ROWS = 200

export class RoomChannel {
  readonly peer: LogPeer
  readonly room: RoomReplica
  verified = false
  /** The other side's first heads were all heard. */
  heard = false
  /** Our own roster and heads were sent, so that pushes may follow. */
  greeted = false
  /** Signed heads the other side named, by log key in hex. */
  readonly heads = new Map<string, SignedHead>()
  /** How much of a log can be pulled here: what the other side named or pushed. */
  readonly offers = new Map<string, number>()
  /** How much of a log the other side is known to hold, by log key in hex. */
  readonly held = new Map<string, number>()
  closed = false

  /** Acknowledgements of more than was here when they came, by log key in hex: compared once the log has grown. */
  readonly #keptAcks = new Map<string, Ack>()
  #channel: MuxChannel | null = null
  #unacknowledged: { key: string; end: number; bytes: number }[] = []
  #unacknowledgedBytes = 0
  readonly #acksHeard = new Map<string, number>()
  /** What this side named in heads, by log key in hex. */
  readonly #named = new Map<string, number>()
  /** What this side acknowledged, by log key in hex. */
  readonly #acknowledged = new Map<string, number>()
  #waiters: (() => void)[] = []

  /** Null if the connection has this channel already. */
  static open(peer: LogPeer, room: RoomReplica): RoomChannel | null {
    const channel = new RoomChannel(peer, room)
    return channel.#create() ? channel : null
  }

  private constructor(peer: LogPeer, room: RoomReplica) {
    this.peer = peer
    this.room = room
  }

  get remoteKey(): NoiseKey {
    return this.peer.connection.remoteKey
  }

  /** Bytes that wait to be written are below the bound at which a sender pauses. */
  get writable(): boolean {
    return !this.closed && this.peer.connection.pendingWrites < LIMITS.pendingWritesPause
  }

  /**
   * The transport buffers at the receiver whatever it does not read, so a sender that behaves bounds what it pushed and
   * was not acknowledged. Who was skipped hears of it by `heads` and pulls.
   */
  get mayPush(): boolean {
    return this.writable && this.#unacknowledgedBytes < LIMITS.pendingWritesPause
  }

  holds({ id }: Log, length: number): boolean {
    return (this.held.get(id) ?? 0) >= length
  }

  noteOffer(logKey: LogKey, length: number): void {
    const key = hex(logKey)
    if (length > (this.offers.get(key) ?? 0)) this.offers.set(key, length)
  }

  /** Resolves when the bytes waiting to be written are below the bound, or the channel is closed. */
  async whenWritable(): Promise<void> {
    while (!this.closed && !this.writable) await this.#woken()
  }

  noteHeld(logKey: LogKey, length: number): void {
    const key = hex(logKey)
    if (length > (this.held.get(key) ?? 0)) this.held.set(key, length)
    const left = this.#unacknowledged.filter((push) => push.key !== key || push.end > length)
    if (left.length === this.#unacknowledged.length) return
    this.#unacknowledged = left
    this.#unacknowledgedBytes = left.reduce((bytes, push) => bytes + push.bytes, 0)
  }

  /** A copy, because the network's buffer goes away. */
  keepAck({ logKey, from, length, treeHash }: Ack): void {
    const ack = { logKey: Buffer.from(logKey), from, length, treeHash: Buffer.from(treeHash) }
    this.#keptAcks.set(hex(logKey), ack)
  }

  /** The acknowledgement that was kept for this log, if no more is said in it than `length`. */
  takeAck({ id }: Log, length: number): Ack | null {
    const ack = this.#keptAcks.get(id)
    if (!ack || ack.length > length) return null
    this.#keptAcks.delete(id)
    return ack
  }

  sendRoster(records: readonly RosterRecord[]): void {
    for (let i = 0; i < records.length; i += ROWS) {
      this.#send(ROOM_MESSAGES.roster, encodeRoster(records.slice(i, i + ROWS)))
    }
  }

  /** `last` on the last of these rows ends the first listing. */
  sendHeads(rows: readonly SignedHead[], last: boolean): void {
    for (const row of rows) this.#named.set(hex(row.logKey), row.length)
    const chunks = Math.max(1, Math.ceil(rows.length / ROWS))
    for (let i = 0; i < chunks; i++) {
      const part = rows.slice(i * ROWS, (i + 1) * ROWS)
      this.#send(ROOM_MESSAGES.heads, encodeHeads({ rows: part, last: last && i === chunks - 1 }))
    }
  }

  /** An already encoded push of a log up to `end`, so that one encoding serves every neighbour. */
  sendPush(logKey: LogKey, end: number, encoded: Buffer): void {
    this.#unacknowledged.push({ key: hex(logKey), end, bytes: encoded.byteLength })
    this.#unacknowledgedBytes += encoded.byteLength
    this.#send(ROOM_MESSAGES.push, encoded)
  }

  sendFrame(frame: Frame, kind: PushKind): void {
    this.#send(ROOM_MESSAGES.push, encodePush({ ...frame, kind }))
  }

  /** True if the other side acknowledged the log up to `length`. */
  isAcknowledged(logKey: LogKey, length: number): boolean {
    return (this.#acksHeard.get(hex(logKey)) ?? 0) >= length
  }

  noteAck(logKey: LogKey, length: number): void {
    if (!this.isAcknowledged(logKey, length)) this.#acksHeard.set(hex(logKey), length)
  }

  hasAcknowledged({ id }: Log, length: number): boolean {
    return (this.#acknowledged.get(id) ?? 0) >= length
  }

  /** True if this side acknowledged or named the log up to `length`. */
  hasTold(log: Log, length: number): boolean {
    return this.hasAcknowledged(log, length) || (this.#named.get(log.id) ?? 0) >= length
  }

  sendAck(ack: Ack): void {
    this.#acknowledged.set(hex(ack.logKey), ack.length)
    this.#send(ROOM_MESSAGES.ack, encodeAck(ack))
  }

  sendPull(logKey: LogKey, from: number): void {
    this.#send(ROOM_MESSAGES.pull, encodePull({ logKey, from }))
  }

  sendRefused(refused: Refused): void {
    this.#send(ROOM_MESSAGES.refused, encodeRefused(refused))
  }

  sendPeers(keys: readonly NoiseKey[]): void {
    if (keys.length > 0) this.#send(ROOM_MESSAGES.peers, encodePeers(keys.slice(0, LIMITS.peersRows)))
  }

  sendSignal(signal: Signal): void {
    if (this.writable) this.#send(ROOM_MESSAGES.signal, encodeSignal(signal))
  }

  misbehaved(what: string): void {
    this.peer.connection.misbehaved(what)
  }

  close(): void {
    this.#onClose()
    this.#channel?.close()
  }

  #create(): boolean {
    const { mux, handshakeHash, isInitiator } = this.peer.connection
    this.#channel = mux.createChannel({
      protocol: ROOM_PROTOCOL,
      id: roomChannelId(handshakeHash, this.room.roomId),
      handshake: c.raw,
      messages: Array.from({ length: MESSAGE_COUNT }, (_, type) => ({
        encoding: c.raw,
        onmessage: (message: Buffer) => this.#onMessage(type, message)
      })),
      onopen: (proof) => this.#onOpen(proof),
      onclose: () => this.#onClose(),
      ondrain: () => this.#wake()
    })
    this.#channel?.open(roomProof(handshakeHash, isInitiator, this.room.roomId))
    return this.#channel !== null
  }

  #onOpen(proof: Buffer): void {
    const { handshakeHash, isInitiator } = this.peer.connection
    if (!equal(proof, roomProof(handshakeHash, !isInitiator, this.room.roomId))) {
      this.misbehaved('wrong room proof')
      this.close()
      return
    }
    this.verified = true
    this.room.channelVerified(this)
  }

  #onClose(): void {
    if (this.closed) return
    this.closed = true
    const wasVerified = this.verified
    this.verified = false
    this.#wake()
    if (wasVerified) this.room.channelClosed(this)
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => this.#waiters.push(resolve))
  }

  #wake(): void {
    const waiters = this.#waiters
    this.#waiters = []
    for (const wake of waiters) wake()
  }

  #onMessage(type: number, message: Buffer): void {
    if (!this.verified || this.closed || !message) return
    const limit = type === ROOM_MESSAGES.push ? LIMITS.pushFrame : LIMITS.frame
    if (message.byteLength > limit) {
      this.misbehaved('oversized frame')
      return
    }
    try {
      this.#dispatch(type, message)
    } catch (error) {
      this.misbehaved((error as Error).message)
    }
  }

  #dispatch(type: number, message: Buffer): void {
    switch (type) {
      case ROOM_MESSAGES.roster:
        return this.room.rosterReceived(this, decodeRoster(message))
      case ROOM_MESSAGES.heads:
        return this.room.headsReceived(this, decodeHeads(message))
      case ROOM_MESSAGES.push: {
        const push = decodePush(message)
        if (push.kind === 'push') this.peer.countUnsolicited(message.byteLength)
        return this.room.pushReceived(this, push)
      }
      case ROOM_MESSAGES.ack:
        return this.room.ackReceived(this, decodeAck(message))
      case ROOM_MESSAGES.pull:
        return this.room.pullReceived(this, decodePull(message))
      case ROOM_MESSAGES.signal:
        return this.room.signalReceived(this, decodeSignal(message))
      case ROOM_MESSAGES.peers:
        return this.room.peersReceived(this, decodePeers(message))
      case ROOM_MESSAGES.refused:
        return this.room.refusedReceived(this, decodeRefused(message))
      default: // jump, blocks and conflict come with a later version; unknown messages are ignored
    }
  }

  #send(type: number, message: Buffer): void {
    if (!this.verified || this.closed) return
    if (this.peer.connection.pendingWrites > LIMITS.pendingWritesDrop) {
      this.peer.connection.close()
      return
    }
    this.#channel?.messages[type]?.send(message)
  }
}
