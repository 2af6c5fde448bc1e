/**
 * A member reduced to what a root peer sees of it: registers its room, proves it, names its log, pushes what was written
 * beforehand, and hears acknowledgements. It speaks the real protocol and keeps to a sender's bounds.
 */
import { once } from 'node:events'
import c from 'compact-encoding'
import type HyperDHT from 'hyperdht'
import { PeerConnection } from '../../src-main/network/peer-connection.js'
import { hex } from '../../src-main/protocol/bytes.js'
import { signKeyPair } from '../../src-main/protocol/crypto.js'
import type { MuxChannel } from '../../src-main/protocol/ports.js'
import {
  decodeAck,
  decodeHeads,
  decodeRoster,
  encodeHeads,
  encodeRoster,
  ROOM_MESSAGES,
  ROOM_PROTOCOL,
  roomChannelId,
  roomProof
} from '../../src-main/protocol/room-messages.js'
import {
  createGrant,
  encodeRegisterRoom,
  ROOT_PEER_MESSAGES,
  ROOT_PEER_PROTOCOL
} from '../../src-main/protocol/root-peer-messages.js'
import { now } from './clock.js'
import type { WrittenLog } from './written-log.js'

const DAY_MS = 86_400_000

export class PushingMember {
  /** Sent so far, and when, by the log's length after it; removed when acknowledged. */
  readonly #sent: { end: number; at: number }[] = []
  readonly #log: WrittenLog
  readonly #keyPair = signKeyPair()
  readonly #roster = new Set<string>()
  readonly #waiting: (() => void)[] = []
  #connection: PeerConnection | null = null
  #room: MuxChannel | null = null
  #greeted = false
  #next = 0
  #acknowledged = 0
  /** From push to acknowledgement, ms. */
  latencies: number[] = []

  constructor(log: WrittenLog) {
    this.#log = log
  }

  /** Resolves when the other side knows this log and has told of its own. */
  async connect(dht: HyperDHT, key: Buffer, isRootPeer: boolean): Promise<void> {
    const stream = dht.connect(key, { keyPair: this.#keyPair })
    await once(stream, 'open')
    this.#connection = new PeerConnection(stream)
    if (isRootPeer) await this.#register(this.#connection)
    else this.#openRoom(this.#connection)
    await this.#until(() => this.#greeted)
  }

  /** Resolves when this member heard of so many logs of its room, its own among them. */
  async untilRoster(logs: number): Promise<void> {
    this.#roster.add(hex(this.#log.key))
    await this.#until(() => this.#roster.size >= logs)
  }

  /** Sends the next frame; false if there is none. */
  pushNext(): boolean {
    const push = this.#log.pushes[this.#next]
    if (!push) return false
    this.#next++
    this.#sent.push({ end: push.end, at: now() })
    this.#room?.messages[ROOM_MESSAGES.push]?.send(push.bytes)
    return true
  }

  pushAll(): void {
    while (this.pushNext());
  }

  /** Resolves when all that was written is acknowledged. */
  async untilAcknowledged(): Promise<void> {
    const end = this.#log.pushes.at(-1)?.end ?? 0
    await this.#until(() => this.#acknowledged >= end)
  }

  close(): void {
    this.#connection?.close()
  }

  /** A root peer opens the room's channel itself, once it was asked to keep the room. */
  async #register(connection: PeerConnection): Promise<void> {
    const { room } = this.#log
    const { mux, remoteKey, handshakeHash } = connection
    const id = roomChannelId(handshakeHash, room.roomId)
    mux.pair({ protocol: ROOM_PROTOCOL, id }, () => this.#openRoom(connection))
    const answered = Promise.withResolvers<void>()
    const messages = Object.keys(ROOT_PEER_MESSAGES).map((name) => ({
      encoding: c.raw,
      onmessage: () => {
        if (name === 'registered') answered.resolve()
        if (name === 'refused') answered.reject(new Error('the root peer refused the room'))
      }
    }))
    const channel = mux.createChannel({ protocol: ROOT_PEER_PROTOCOL, id: remoteKey, handshake: null, messages })
    const grant = createGrant(room.roomId, room.signing, Date.now() + 365 * DAY_MS)
    channel?.open(Buffer.alloc(0))
    channel?.messages[ROOT_PEER_MESSAGES.registerRoom]?.send(encodeRegisterRoom({ grant, credential: Buffer.alloc(0) }))
    await answered.promise
  }

  #openRoom({ mux, handshakeHash, isInitiator }: PeerConnection): void {
    const { roomId } = this.#log.room
    this.#room = mux.createChannel({
      protocol: ROOM_PROTOCOL,
      id: roomChannelId(handshakeHash, roomId),
      handshake: c.raw,
      messages: Object.keys(ROOM_MESSAGES).map((_, type) => ({
        encoding: c.raw,
        onmessage: (message: Buffer) => this.#onMessage(type, message)
      })),
      onopen: () => this.#greet()
    })
    this.#room?.open(roomProof(handshakeHash, isInitiator, roomId))
  }

  #greet(): void {
    this.#room?.messages[ROOM_MESSAGES.roster]?.send(encodeRoster([this.#log.record]))
    this.#room?.messages[ROOM_MESSAGES.heads]?.send(encodeHeads({ rows: [], last: true }))
  }

  #onMessage(type: number, message: Buffer): void {
    if (type === ROOM_MESSAGES.ack) this.#onAck(message)
    if (type === ROOM_MESSAGES.roster) for (const { logKey } of decodeRoster(message)) this.#roster.add(hex(logKey))
    if (type === ROOM_MESSAGES.heads) this.#greeted ||= decodeHeads(message).last
    this.#tell()
  }

  #onAck(message: Buffer): void {
    const { logKey, length } = decodeAck(message)
    if (!logKey.equals(this.#log.key)) return
    const at = now()
    this.#acknowledged = Math.max(this.#acknowledged, length)
    while ((this.#sent[0]?.end ?? Number.POSITIVE_INFINITY) <= length) {
      this.latencies.push(at - (this.#sent.shift()?.at ?? at))
    }
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  #tell(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}
