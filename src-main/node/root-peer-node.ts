/** A headless root peer's node: network, logs and root-peer, without account, store or indexer. */
import { systemClock } from '../lib/clock.js'
import { MangroveError } from '../lib/errors.js'
import type { Logger } from '../lib/logger.js'
import { CopiedStoreError, LogStore } from '../log/log-store.js'
import { Network } from '../network/network.js'
import type { Connection } from '../protocol/ports.js'
import { admitAnyone } from '../root-peer/admission.js'
import { ROOT_PEER_LIMITS } from '../root-peer/limits.js'
import { Registry } from '../root-peer/registry.js'
import { RootPeer } from '../root-peer/root-peer.js'
import type { Closing } from './closing.js'
import type { Handlers, MangroveNode } from './mangrove-node.js'
import type { NodeOptions } from './options.js'
import { Profile } from './profile.js'
import { openWith, RunningNode } from './running-node.js'

const CONNECTIONS = 1024

/** Throws PROFILE_IN_USE, STORAGE_UNWRITABLE, STORAGE_FULL, PORT_IN_USE; what was opened by then is closed again. */
export function openRootPeerNode(options: NodeOptions): Promise<MangroveNode> {
  return openWith(options.logger, (closing) => open(options, closing))
}

async function open(options: NodeOptions, closing: Closing[]): Promise<MangroveNode> {
  const { logger } = options
  const profile = await Profile.open(options.storage)
  closing.push(['profile', () => profile.close()])
  const registry = new Registry(profile.file('root-peer.db'))
  closing.push(['registry', () => registry.close()])
  const logs = new LogStore({ folder: profile.file('cores'), logger, isRootPeer: true })
  await readyLogs(logs, options.storage)
  closing.push(['logs', () => logs.close()])
  const network = new Network({
    ...options,
    keyPair: profile.nodeKey(),
    logger,
    maxConnections: CONNECTIONS
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
  const node = new RootPeerNode(network, logs, rootPeer, closing, logger)
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

class RootPeerNode extends RunningNode implements MangroveNode {
  readonly role = 'root-peer'
  readonly publicKey: Buffer
  readonly handlers: Handlers

  readonly #network: Network

  constructor(network: Network, logs: LogStore, rootPeer: RootPeer, closing: Closing[], logger: Logger) {
    super(closing, logger)
    this.publicKey = network.publicKey
    this.#network = network
    this.handlers = {
      'network.status': () => ({ online: network.online, peers: network.connections.length, rootPeers: 0 })
    }
    network.on('connection', (connection: Connection) => rootPeer.attach(connection, logs.attach(connection)))
    network.on('changed', () => this.changes.network())
  }

  ready(): Promise<void> {
    return this.#network.flushed()
  }
}
