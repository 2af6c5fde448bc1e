/** Answers pulls: a few bounded frames each, no faster than the other side reads. */
import { hex } from '../protocol/bytes.js'
import { type Frame, REFUSALS } from '../protocol/room-messages.js'
import type { Log } from './log.js'
import type { RoomChannel } from './room-channel.js'

/** Frames to one pull; the asker pulls again from where it then is. */
const FRAMES = 4
/** Pulls of one channel that are answered at a time; honest peers keep to 4 a connection. */
const MOST_AT_ONCE = 16

export class PullServer {
  readonly #serving = new WeakMap<RoomChannel, Set<string>>()

  /** Rejects only when storage fails. */
  async serve(channel: RoomChannel, log: Log, from: number): Promise<void> {
    const serving = this.#serving.get(channel) ?? new Set<string>()
    this.#serving.set(channel, serving)
    if (serving.has(hex(log.key))) return
    if (serving.size >= MOST_AT_ONCE) return channel.sendRefused({ logKey: log.key, code: REFUSALS.full })
    serving.add(hex(log.key))
    try {
      await this.#answer(channel, log, from)
    } finally {
      serving.delete(hex(log.key))
    }
  }

  async #answer(channel: RoomChannel, log: Log, from: number): Promise<void> {
    let frame: Frame | null = await log.frameFrom(from)
    if (!frame) return channel.sendRefused({ logKey: log.key, code: REFUSALS.nothing })
    for (let sent = 1; frame && !channel.closed; sent++) {
      await channel.whenWritable()
      const next: number = frame.start + frame.blocks.length
      const following: Frame | null = sent < FRAMES ? await log.frameFrom(next) : null
      channel.sendFrame(frame, following ? 'answer' : 'last-answer')
      frame = following
    }
  }
}
