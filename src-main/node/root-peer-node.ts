/** A headless root peer's node: network, logs and root-peer, without account, store or indexer. */
import type { EventMap, EventName } from '../../src-preload/contract/index.js'
import { systemClock } from '../lib/clock.js'
import { Emitter } from '../lib/emitter.js'
import { MangroveError } from '../lib/errors.js'
import { CopiedStoreError, LogStore } from '../log/log-store.js'
import { Network } from '../network/network.js'
import type { Connection } from '../protocol/ports.js'
import { admitAnyone } from '../root-peer/admission.js'
import { ROOT_PEER_LIMITS } from '../root-peer/limits.js'
import { Registry } from '../root-peer/registry.js'
import { RootPeer } from '../root-peer/root-peer.js'
import { Changes } from './changes.js'
import { type Closing, closeAll } from './closing.js'
import type { Handlers, MangroveNode } from './mangrove-node.js'
import type { NodeOptions } from './options.js'
import { Profile } from './profile.js'

const CONNECTIONS = 1024

/** Throws PROFILE_IN_USE, STORAGE_UNWRITABLE, STORAGE_FULL, PORT_IN_USE; what was opened by then is closed again. */
export async function openRootPeerNode(options: NodeOptions): Promise<MangroveNode> {
  const closing: Closing[] = []
  try {
    return await open(options, closing)
  } catch (error) {
    await closeAll(closing, options.logger)
    throw error
  }
}

async function open(options: NodeOptions, closing: Closing[]): Promise<MangroveNode> {
  const { logger } = options
  const profile = await Profile.open(options.storage)
  closing.push(['profile', () => profile.close()])
  const registry = new Registry(profile.file('root-peer.db'))
  closing.push(['registry', () => registry.close()])
  const logs = new LogStore({ folder: profile.file('cores'), logger, relaySignals: true })
  await readyLogs(logs, options.storage)
  closing.push(['logs', () => logs.close()])
  const network = new Network({
    ...options,
    keyPair: profile.nodeKey(),
    logger,
    maxConnections: CONNECTIONS,
    stays: true
  })
  closing.push(['network', () => network.close()])
  const rootPeer = new RootPeer({
    network,
    logs,
    registry,
    limits: ROOT_PEER_LIMITS,
    admission: admitAnyone,
    logger,
    clock: systemClock
  })
  closing.push(['root peer', () => rootPeer.close()])
  const node = new RootPeerNode(network, logs, rootPeer, options, closing)
  rootPeer.ready()
  await network.ready()
  return node
}

/** A root peer never sets logs aside by itself: other people's only copy may lie in them. */
async function readyLogs(logs: LogStore, folder: string): Promise<void> {
  try {
    await logs.ready()
  } catch (error) {
    await logs.close().catch(() => {}) // what did not open has nothing to lose
    const message =
      error instanceof CopiedStoreError
        ? `${folder} was copied from another place. Start the root peer on the original folder, or on an empty one.`
        : `The logs in ${folder} cannot be opened.`
    throw new MangroveError('STORAGE_UNWRITABLE', message, { cause: error })
  }
}

class RootPeerNode implements MangroveNode {
  readonly role = 'root-peer'
  readonly publicKey: Buffer
  readonly handlers: Handlers

  readonly #network: Network
  readonly #events: Emitter<EventMap>
  readonly #changes: Changes
  readonly #options: NodeOptions
  readonly #closing: Closing[]
  #closed: Promise<void> | null = null

  constructor(network: Network, logs: LogStore, rootPeer: RootPeer, options: NodeOptions, closing: Closing[]) {
    this.publicKey = network.publicKey
    this.#network = network
    this.#options = options
    this.#closing = closing
    this.#events = new Emitter((error) => options.logger.error({ err: error }, 'a listener of the node failed'))
    this.#changes = new Changes((name, payload) => this.#events.emit(name, payload as never))
    this.handlers = {
      'network.status': () => ({ online: network.online, peers: network.connections.length, rootPeers: 0 })
    }
    network.on('connection', (connection: Connection) => rootPeer.attach(connection, logs.attach(connection)))
    network.on('changed', () => this.#changes.network())
  }

  on<Name extends EventName>(name: Name, listener: (payload: EventMap[Name]) => void): () => void {
    return this.#events.on(name, listener)
  }

  ready(): Promise<void> {
    return this.#network.flushed()
  }

  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    this.#changes.close()
    await closeAll(this.#closing, this.#options.logger)
    this.#events.clear()
  }
}
