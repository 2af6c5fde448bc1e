/** The topics that a root peer is found on: those of the rooms that were active last, so that many rooms stay cheap. */
import { hex } from '../protocol/bytes.js'
import type { RoomId } from '../protocol/ids.js'
import type { NetworkPort } from '../protocol/ports.js'
import { roomTopic } from '../protocol/room-keys.js'

export class AnnouncedRooms {
  readonly #network: NetworkPort
  readonly #most: number
  /** In the order of activity, the latest last. */
  readonly #topics = new Map<string, Buffer>()

  constructor(network: NetworkPort, most: number) {
    this.#network = network
    this.#most = most
  }

  /** Joins the room's topic, or notes that it is the most recent one. */
  touch(roomId: RoomId): void {
    const id = hex(roomId)
    const joined = this.#topics.get(id)
    this.#topics.delete(id)
    this.#topics.set(id, joined ?? roomTopic(roomId))
    if (!joined) this.#network.joinTopic(roomTopic(roomId), { announce: true })
    for (const [oldest, topic] of this.#topics) {
      if (this.#topics.size <= this.#most) return
      this.#topics.delete(oldest)
      this.#network.leaveTopic(topic)
    }
  }

  leaveAll(): void {
    for (const topic of this.#topics.values()) this.#network.leaveTopic(topic)
    this.#topics.clear()
  }
}
