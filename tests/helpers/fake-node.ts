/** A node of handlers only: what the bridge and its carriers need, without storage or network. */
import type { BridgeNode } from '../../src-main/bridge/bridge.js'
import { createLogger, type Logger } from '../../src-main/lib/logger.js'
import type { Handlers } from '../../src-main/node/mangrove-node.js'
import type { EventMap, EventName } from '../../src-preload/contract/index.js'

export const KEY = 'y'.repeat(52)
export const HEX = '0'.repeat(64)

export const silent: Logger = createLogger('silent')

type Listener = (payload: never) => void

export class FakeNode implements BridgeNode {
  private readonly listeners = new Map<EventName, Set<Listener>>()

  constructor(readonly handlers: Handlers = {}) {}

  on<Name extends EventName>(name: Name, listener: (payload: EventMap[Name]) => void): () => void {
    const set = this.listeners.get(name) ?? new Set()
    this.listeners.set(name, set.add(listener))
    return () => void set.delete(listener)
  }

  emit<Name extends EventName>(name: Name, payload: EventMap[Name]): void {
    for (const listener of this.listeners.get(name) ?? []) listener(payload as never)
  }

  get listening(): number {
    return [...this.listeners.values()].reduce((sum, set) => sum + set.size, 0)
  }
}
