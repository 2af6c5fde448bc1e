/** Which signals pass: newer than the last of their log, not older than 5 minutes, and not too many (DESIGN §4). */
import { hex } from '../protocol/bytes.js'
import type { Signal } from '../protocol/room-messages.js'
import type { RoomChannel } from './room-channel.js'
import { TokenBucket } from './token-bucket.js'

const WINDOW_MS = 5 * 60_000
const PER_SECOND = 20
const BURST = 5

export class SignalGate {
  readonly #counters = new Map<string, number>()
  readonly #rates = new WeakMap<RoomChannel, TokenBucket>()

  admits(signal: Signal, channel: RoomChannel, now: number): boolean {
    const rate = this.#rates.get(channel) ?? new TokenBucket(PER_SECOND, BURST, now)
    this.#rates.set(channel, rate)
    if (rate.take(1, now) > 0) return false
    if (signal.time < now - WINDOW_MS || signal.counter > now + WINDOW_MS) return false
    return signal.counter > (this.#counters.get(hex(signal.logKey)) ?? 0)
  }

  /** From now on only later ones of its log pass. */
  accept(signal: Signal): void {
    this.#counters.set(hex(signal.logKey), signal.counter)
  }
}
