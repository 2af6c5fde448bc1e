/** What every host and the bridge see of a running node. node/ builds it; nobody below knows of it. */
import type { CommandArgs, CommandName, CommandResult, EventMap, EventName } from '../../src-preload/contract/index.js'

/** One handler a command. A name that is missing here answers UNAVAILABLE. */
export type Handlers = {
  [Name in CommandName]?: (args: CommandArgs<Name>) => Promise<CommandResult<Name>> | CommandResult<Name>
}

export interface MangroveNode {
  readonly role: 'member' | 'root-peer'
  /** The Noise public key under which this node answers, 32 bytes. */
  readonly publicKey: Buffer
  /** What the bridge may call. Arguments were validated before; ids in them are still z-base-32 text. */
  readonly handlers: Handlers
  /** Hear of changes; returns its unsubscribe. */
  on<Name extends EventName>(name: Name, listener: (payload: EventMap[Name]) => void): () => void
  /** Resolves when storage is open and the first announce is flushed, or 5 s have passed. */
  ready(): Promise<void>
  /** Stops intake, flushes, disconnects, closes storage. Idempotent; never throws. */
  close(): Promise<void>
}
