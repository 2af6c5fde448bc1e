/** Acknowledges what is held once it is durable: after the append resolved and the write-ahead log was synced. */
import { hex } from '../protocol/bytes.js'
import type { Ack } from '../protocol/room-messages.js'
import type { Log } from './log.js'
import type { RoomChannel } from './room-channel.js'
import type { WalSync } from './wal-sync.js'

export class Acknowledger {
  readonly #wal: WalSync
  #pending = new Map<RoomChannel, Map<string, Ack>>()
  #running = false

  constructor(wal: WalSync) {
    this.#wal = wal
  }

  /** Tells this neighbour of all that is held of the log now, as soon as it is durable. */
  acknowledge(channel: RoomChannel, log: Log): void {
    if (log.length === 0 || channel.closed) return
    const acks = this.#pending.get(channel) ?? new Map<string, Ack>()
    this.#pending.set(channel, acks)
    acks.set(hex(log.key), { logKey: log.key, from: 0, length: log.length, treeHash: log.treeHash })
    if (!this.#running) void this.#run()
  }

  async #run(): Promise<void> {
    this.#running = true
    while (this.#pending.size > 0) {
      const batch = this.#pending
      this.#pending = new Map()
      await this.#wal.synced()
      for (const [channel, acks] of batch) for (const ack of acks.values()) channel.sendAck(ack)
    }
    this.#running = false
  }
}
