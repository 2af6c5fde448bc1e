/** A peer that speaks `mangrove/room/1` by hand and keeps to no rule but the framing. */
import c from 'compact-encoding'
import type { LogPeer } from '../../src-main/log/log-peer.js'
import type { PeerConnection } from '../../src-main/network/peer-connection.js'
import type { KeyPair } from '../../src-main/protocol/crypto.js'
import type { MuxChannel } from '../../src-main/protocol/ports.js'
import { ROOM_MESSAGES, ROOM_PROTOCOL, roomChannelId, roomProof } from '../../src-main/protocol/room-messages.js'
import { connectionPair, type Replica } from './replicas.js'

type MessageName = keyof typeof ROOM_MESSAGES

export class HostilePeer {
  readonly received: { type: number; message: Buffer }[] = []
  readonly #listeners = new Set<() => void>()
  #channel: MuxChannel | null = null
  channelClosed = false

  private constructor(
    readonly connection: PeerConnection,
    /** The honest side's end of the connection. */
    readonly victim: PeerConnection,
    readonly victimPeer: LogPeer,
    readonly roomId: Buffer
  ) {
    connection.onClose(() => this.#tell())
  }

  static async connect(replica: Replica, keyPair?: KeyPair): Promise<HostilePeer> {
    const [mine, theirs] = await connectionPair(keyPair && [keyPair])
    const peer = replica.store.attach(theirs)
    peer.pairRoom(replica.room)
    return new HostilePeer(mine, theirs, peer, replica.keys.roomId)
  }

  /** Opens the room's channel; with the right proof unless another is given. */
  open(options: { proof?: Buffer; roomId?: Buffer } = {}): this {
    const { handshakeHash, isInitiator, mux } = this.connection
    const roomId = options.roomId ?? this.roomId
    this.#channel = mux.createChannel({
      protocol: ROOM_PROTOCOL,
      id: roomChannelId(handshakeHash, roomId),
      handshake: c.raw,
      messages: Object.keys(ROOM_MESSAGES).map((_, type) => ({
        encoding: c.raw,
        onmessage: (message: Buffer) => this.#onMessage(type, message)
      })),
      onclose: () => {
        this.channelClosed = true
        this.#tell()
      }
    })
    this.#channel?.open(options.proof ?? roomProof(handshakeHash, isInitiator, roomId))
    return this
  }

  send(name: MessageName, message: Buffer): void {
    this.#channel?.messages[ROOM_MESSAGES[name]]?.send(message)
  }

  close(): void {
    this.#channel?.close()
  }

  /** Resolves with the first message of this kind that satisfies `is`. */
  async message(name: MessageName, is: (message: Buffer) => boolean = () => true): Promise<Buffer> {
    const find = () => this.received.find(({ type, message }) => type === ROOM_MESSAGES[name] && is(message))
    await this.until(() => find() !== undefined)
    return find()?.message as Buffer
  }

  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!holds()) return
        this.#listeners.delete(check)
        resolve()
      }
      this.#listeners.add(check)
      check()
    })
  }

  #onMessage(type: number, message: Buffer): void {
    this.received.push({ type, message: Buffer.from(message) })
    this.#tell()
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
