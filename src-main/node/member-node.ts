/**
 * A member's node: opens profile, store, logs, network and rooms in this order and closes them in reverse. The only
 * place where these layers meet.
 */
import { renameSync } from 'node:fs'
import { Account, type Vault } from '../account/account.js'
import type { CommandContext } from '../commands/context.js'
import { commandHandlers } from '../commands/handlers.js'
import type { DeliveryContext } from '../delivery/room-delivery.js'
import { Indexer } from '../indexer/indexer.js'
import { systemClock } from '../lib/clock.js'
import { MangroveError } from '../lib/errors.js'
import { CopiedStoreError, LogStore } from '../log/log-store.js'
import { Network } from '../network/network.js'
import type { KeyPair } from '../protocol/crypto.js'
import { encodeKey } from '../protocol/ids.js'
import type { Connection } from '../protocol/ports.js'
import { RootPeerClient } from '../root-peer-client/root-peer-client.js'
import { Store } from '../store/store.js'
import type { Closing } from './closing.js'
import type { Handlers, MangroveNode } from './mangrove-node.js'
import type { NodeOptions } from './options.js'
import { Profile } from './profile.js'
import { Rooms } from './rooms.js'
import { RunMark } from './run-mark.js'
import { openWith, RunningNode } from './running-node.js'

/** Throws PROFILE_IN_USE, STORAGE_UNWRITABLE, STORAGE_FULL, PORT_IN_USE; what was opened by then is closed again. */
export function openMemberNode(options: NodeOptions): Promise<MangroveNode> {
  return openWith(options.logger, (closing) => open(options, closing))
}

async function open(options: NodeOptions, closing: Closing[]): Promise<MangroveNode> {
  const profile = await Profile.open(options.storage)
  closing.push(['profile', () => profile.close()])
  const store = new Store(profile.file('mangrove.db'), profile.databaseKey())
  closing.push(['store', () => store.close()])
  const vault = vaultOf(store)
  const mark = runMark(profile, store)
  const copied = mark.isCopy()
  const { logs, setAside } = await openLogs(profile, options)
  closing.push(['logs', () => logs.close()])
  const keyPair = copied || setAside ? renewKeys(profile, store, vault, options) : profile.nodeKey()
  mark.renew()
  closing.push(['run mark', () => mark.renew()])
  const node = new MemberNode({ options, store, vault, logs, keyPair, closing })
  await node.open()
  return node
}

/** New keys for a device that came to life from a copy or a backup; its logs are never written again. */
function renewKeys(profile: Profile, store: Store, vault: Vault, { logger }: NodeOptions): KeyPair {
  logger.warn('this profile was copied or restored: it goes on as a new device')
  const keyPair = profile.renewNodeKey()
  store.db.durable(() => {
    store.outbox.closeAllOwnLogs()
    Account.renewDevice(vault, systemClock.now())
  })
  return keyPair
}

async function openLogs(profile: Profile, { logger }: NodeOptions): Promise<{ logs: LogStore; setAside: boolean }> {
  const folder = profile.file('cores')
  const logs = new LogStore({ folder, logger })
  try {
    await logs.ready()
    return { logs, setAside: false }
  } catch (error) {
    await logs.close().catch(() => {}) // what did not open has nothing to lose
    if (!(error instanceof CopiedStoreError)) throw storageFailed(error)
  }
  const aside = profile.file(`cores.aside-${systemClock.now()}`)
  logger.warn({ aside }, 'the logs were copied from another place: they are set aside and fetched again')
  renameSync(folder, aside)
  const again = new LogStore({ folder, logger })
  await again.ready()
  return { logs: again, setAside: true }
}

function storageFailed(error: unknown): MangroveError {
  return new MangroveError('STORAGE_UNWRITABLE', 'The logs of this profile cannot be opened.', { cause: error })
}

function vaultOf(store: Store): Vault {
  return {
    secret: (name) => store.settings.secret(name),
    setSecret: (name, value) => store.settings.setSecret(name, value),
    durable: (work) => store.db.durable(work)
  }
}

function runMark(profile: Profile, store: Store): RunMark {
  return new RunMark(profile.folder, {
    get: (name) => store.settings.setting(`run-mark.${name}`),
    set: (name, value) => store.db.durable(() => store.settings.setSetting(`run-mark.${name}`, value))
  })
}

interface Parts {
  readonly options: NodeOptions
  readonly store: Store
  readonly vault: Vault
  readonly logs: LogStore
  readonly keyPair: KeyPair
  readonly closing: Closing[]
}

class MemberNode extends RunningNode implements MangroveNode {
  readonly role = 'member'
  readonly publicKey: Buffer
  readonly handlers: Handlers

  readonly #parts: Parts
  readonly #network: Network
  readonly #client: RootPeerClient
  #account: Account | null
  #rooms: Rooms | null = null

  constructor(parts: Parts) {
    const { options, vault, keyPair } = parts
    const { logger } = options
    super(parts.closing, logger)
    this.#parts = parts
    this.publicKey = keyPair.publicKey
    this.#account = Account.load(vault)
    this.#network = new Network({ ...options, keyPair, logger })
    this.#client = new RootPeerClient({ network: this.#network, logger, clock: systemClock })
    this.handlers = commandHandlers(this.#commandContext())
  }

  async open(): Promise<void> {
    const { closing } = this.#parts
    closing.push(['network', () => this.#network.close()])
    closing.push(['root peer client', () => this.#client.close()])
    this.#network.on('connection', (connection) => this.#onConnection(connection))
    this.#network.on('changed', () => this.changes.network())
    this.#client.on('state', () => this.#onRootPeerState())
    this.#client.on('refused', ({ key, roomId }) => this.#rooms?.refused(key, roomId))
    this.#rooms = this.#createRooms()
    closing.push(['rooms', async () => this.#rooms?.close()])
    await this.#rooms?.open()
    await this.#network.ready()
  }

  ready(): Promise<void> {
    return this.#network.flushed()
  }

  #onConnection(connection: Connection): void {
    const peer = this.#parts.logs.attach(connection)
    this.#client.attach(connection)
    this.#rooms?.attach(peer)
  }

  #onRootPeerState(): void {
    this.changes.network()
    this.changes.rooms(null)
  }

  #createRooms(): Rooms | null {
    if (!this.#account) return null
    const { store, logs, options, closing } = this.#parts
    const indexer = new Indexer(store, options.logger)
    closing.push(['indexer', () => indexer.close()])
    const context: DeliveryContext = {
      store,
      indexer,
      logs,
      author: this.#account,
      logger: options.logger,
      clock: systemClock
    }
    const rooms = new Rooms(context, this.#network, this.#client)
    rooms.on('rooms', ({ roomId }) => this.changes.rooms(encodeKey(roomId)))
    rooms.on('messages', ({ roomId }) => this.changes.messages(encodeKey(roomId)))
    return rooms
  }

  #createAccount(name: string): Account {
    this.#account = Account.create(this.#parts.vault, name, systemClock.now())
    this.#rooms = this.#createRooms()
    this.changes.rooms(null)
    return this.#account
  }

  #commandContext(): CommandContext {
    const node = this
    return {
      store: this.#parts.store,
      clock: systemClock,
      get hasAccount() {
        return node.#account !== null
      },
      account: () => this.#needAccount(),
      createAccount: (name) => this.#createAccount(name),
      get rooms() {
        node.#needAccount()
        return node.#rooms as Rooms
      },
      peers: {
        publicKey: this.publicKey,
        get online() {
          return node.#network.online
        },
        get peers() {
          return node.#network.connections.length
        },
        rootPeerState: (key) => this.#client.state(key)
      }
    }
  }

  #needAccount(): Account {
    if (!this.#account) throw new MangroveError('NO_ACCOUNT', 'This profile has no account yet. Create one first.')
    return this.#account
  }
}
