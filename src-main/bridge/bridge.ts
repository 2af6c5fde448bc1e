/**
 * The one way into a node from outside: arguments are checked, results cut to the contract, errors given a code,
 * events fanned out. Carriers (socket, web, electron, tests) only move bytes.
 */
import {
  type CommandName,
  contract,
  type ErrorView,
  EVENT_NAMES,
  type EventMap,
  type EventName
} from '../../src-preload/contract/index.js'
import { MangroveError, toMangroveError } from '../lib/errors.js'
import type { Logger } from '../lib/logger.js'
import type { MangroveNode } from '../node/mangrove-node.js'
import { describeIssues } from './issues.js'

export type Reply = { result: unknown } | { error: ErrorView }

export type BridgeEvent = { [Name in EventName]: { event: Name; payload: EventMap[Name] } }[EventName]

export type BridgeNode = Pick<MangroveNode, 'handlers' | 'on'>

type Handler = (args: unknown) => unknown

export class Bridge {
  private readonly listeners = new Set<(event: BridgeEvent) => void>()
  private readonly unsubscribes: (() => void)[]

  constructor(
    private readonly node: BridgeNode,
    private readonly logger: Logger
  ) {
    this.unsubscribes = EVENT_NAMES.map((event) => node.on(event, (payload) => this.emit(event, payload)))
  }

  /** Answers one command; whatever was asked, it never throws. */
  async call(command: unknown, args: unknown = {}): Promise<Reply> {
    try {
      return { result: await this.run(command, args) }
    } catch (thrown) {
      const error = toMangroveError(thrown)
      if (error.code === 'INTERNAL') this.logger.error({ err: error.cause ?? error, command }, 'command failed')
      return { error: { code: error.code, message: error.message } }
    }
  }

  /** Hears every event until the returned function is called. */
  subscribe(listener: (event: BridgeEvent) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  close(): void {
    for (const unsubscribe of this.unsubscribes.splice(0)) unsubscribe()
    this.listeners.clear()
  }

  private async run(command: unknown, args: unknown): Promise<unknown> {
    if (!isCommand(command)) throw new MangroveError('UNKNOWN_COMMAND', 'There is no such command.')
    const checked = parseArgs(command, args)
    const handler = this.node.handlers[command] as Handler | undefined
    if (!handler) throw new MangroveError('UNAVAILABLE', `This node does not answer ${command}.`)
    return pruneResult(command, await handler(checked))
  }

  private emit(event: EventName, payload: unknown): void {
    const parsed = contract.events[event].safeParse(payload)
    if (!parsed.success) {
      this.logger.error({ event }, 'event breaks the contract')
      return
    }
    for (const listener of [...this.listeners]) this.deliver(listener, { event, payload: parsed.data } as BridgeEvent)
  }

  /** One client's failure is its own. */
  private deliver(listener: (event: BridgeEvent) => void, event: BridgeEvent): void {
    try {
      listener(event)
    } catch (err) {
      this.logger.warn({ err, event: event.event }, 'client failed to take an event')
    }
  }
}

function isCommand(name: unknown): name is CommandName {
  return typeof name === 'string' && Object.hasOwn(contract.commands, name)
}

function parseArgs(command: CommandName, args: unknown): unknown {
  const parsed = contract.commands[command].args.safeParse(args)
  if (parsed.success) return parsed.data
  const { code, message } = describeIssues(parsed.error.issues)
  throw new MangroveError(code, message)
}

/** Drops what the contract does not name; a result that lacks something is our own mistake. */
function pruneResult(command: CommandName, result: unknown): unknown {
  const parsed = contract.commands[command].result.safeParse(result ?? null)
  if (parsed.success) return parsed.data
  throw new Error(`result of ${command} breaks the contract: ${describeIssues(parsed.error.issues).message}`)
}
