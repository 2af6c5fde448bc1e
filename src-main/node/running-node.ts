/** What every kind of node has in common: events for its hosts, and an orderly end. */
import type { EventMap, EventName } from '../../src-preload/contract/index.js'
import { Emitter } from '../lib/emitter.js'
import type { Logger } from '../lib/logger.js'
import { Changes } from './changes.js'
import { type Closing, closeAll } from './closing.js'

export abstract class RunningNode {
  protected readonly changes: Changes
  readonly #events: Emitter<EventMap>
  readonly #closing: Closing[]
  readonly #logger: Logger
  #closed: Promise<void> | null = null

  /** `closing` is what was opened so far; steps may be added as long as the node runs. */
  constructor(closing: Closing[], logger: Logger) {
    this.#closing = closing
    this.#logger = logger
    this.#events = new Emitter((error) => logger.error({ err: error }, 'a listener of the node failed'))
    this.changes = new Changes((name, payload) => this.#events.emit(name, payload as never))
  }

  on<Name extends EventName>(name: Name, listener: (payload: EventMap[Name]) => void): () => void {
    return this.#events.on(name, listener)
  }

  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    this.changes.close()
    await closeAll(this.#closing, this.#logger)
    this.#events.clear()
  }
}

/** Opens a node; when a step fails, what was opened by then is closed again before the error goes on. */
export async function openWith<T>(logger: Logger, open: (closing: Closing[]) => Promise<T>): Promise<T> {
  const closing: Closing[] = []
  try {
    return await open(closing)
  } catch (error) {
    await closeAll(closing, logger)
    throw error
  }
}
