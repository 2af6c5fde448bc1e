/**
 * All joined topics. The DHT lets only so many requests out at a time: two hundred topics at once would keep each other,
 * and the announce of our own key, waiting for half a minute. So a few start at a time, the one asked for last first.
 */
import type Hyperswarm from 'hyperswarm'
import type { Clock } from '../lib/clock.js'
import { hex } from '../protocol/bytes.js'
import { Topic } from './topic.js'

const MOST_STARTING = 8

export interface TopicsOptions {
  readonly swarm: Hyperswarm
  readonly clock: Clock
  readonly random: () => number
}

export class Topics {
  readonly #options: TopicsOptions
  readonly #topics = new Map<string, Topic>()
  readonly #starting = new Set<Promise<void>>()
  #open = false
  #closed = false

  constructor(options: TopicsOptions) {
    this.#options = options
  }

  /** Our own key is announced: topics may follow. */
  start(): void {
    this.#open = true
    this.#startSome()
  }

  join(key: Buffer, announce: boolean): void {
    if (this.#closed) return
    const id = hex(key)
    const joined = this.#topics.get(id)
    joined?.setAnnounce(announce)
    if (joined) return
    this.#topics.set(id, new Topic(Buffer.from(key), announce, this.#options.clock, this.#options.random))
    this.#startSome()
  }

  /** Rejects when the goodbye could not be said. */
  async leave(key: Buffer): Promise<void> {
    const id = hex(key)
    const topic = this.#topics.get(id)
    if (!topic) return
    this.#topics.delete(id)
    topic.close()
    if (topic.started) await this.#options.swarm.leave(topic.key)
  }

  seek(key: Buffer, seeking: boolean): void {
    this.#topics.get(hex(key))?.seek(seeking)
  }

  restartAll(): void {
    for (const topic of this.#topics.values()) topic.restart()
  }

  /** The topics that are starting now have started. */
  async flushed(): Promise<void> {
    await Promise.all(this.#starting)
  }

  close(): void {
    this.#closed = true
    for (const topic of this.#topics.values()) topic.close()
    this.#topics.clear()
  }

  #startSome(): void {
    if (!this.#open || this.#closed || this.#starting.size >= MOST_STARTING) return
    for (const topic of [...this.#topics.values()].reverse()) {
      if (this.#starting.size >= MOST_STARTING) return
      if (!topic.started) this.#start(topic)
    }
  }

  #start(topic: Topic): void {
    const join = (announce: boolean) => this.#options.swarm.join(topic.key, { client: true, server: announce })
    const started = topic.start(join).then(() => {
      this.#starting.delete(started)
      this.#startSome()
    })
    this.#starting.add(started)
  }
}
