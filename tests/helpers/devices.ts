/** One device in one room without a network: store, index, logs, delivery and receipts as node/ wires them. */
import { cpSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { Account, type Vault } from '../../src-main/account/account.js'
import { MessageStates } from '../../src-main/delivery/message-states.js'
import { Receipts } from '../../src-main/delivery/receipts.js'
import { RoomDelivery } from '../../src-main/delivery/room-delivery.js'
import { Signals } from '../../src-main/delivery/signals.js'
import { Indexer } from '../../src-main/indexer/indexer.js'
import type { RoomIndex } from '../../src-main/indexer/room-index.js'
import { systemClock } from '../../src-main/lib/clock.js'
import type { Log } from '../../src-main/log/log.js'
import { LogStore } from '../../src-main/log/log-store.js'
import type { RoomReplica } from '../../src-main/log/room-replica.js'
import { openBlock } from '../../src-main/protocol/block.js'
import { type KeyPair, signKeyPair } from '../../src-main/protocol/crypto.js'
import { decodeEntry, type Entry } from '../../src-main/protocol/entry.js'
import type { RoomKeys } from '../../src-main/protocol/room-keys.js'
import type { OwnLog } from '../../src-main/store/outbox-table.js'
import { Store } from '../../src-main/store/store.js'
import { eventually } from './eventually.js'
import { ManualClock } from './manual-clock.js'
import { connectionPair, link, openReplica, type Replica } from './replicas.js'
import { addRoom } from './store.js'
import { type Teardown, tempDir, withTest } from './temp.js'
import type { WrittenLog } from './written-logs.js'

const DATABASE_KEY = Buffer.alloc(32, 1)

export interface DeviceSetup {
  readonly folder?: string
  readonly name?: string
  /** Another device of the same person. */
  readonly sibling?: Device
  /** Under which it connects. */
  readonly noise?: KeyPair
  readonly teardown?: Teardown
}

export class Device {
  readonly clock = new ManualClock()
  readonly store: Store
  readonly account: Account
  readonly logs: LogStore
  readonly indexer: Indexer
  replica!: RoomReplica
  index!: RoomIndex
  delivery!: RoomDelivery
  receipts!: Receipts
  signals!: Signals
  readonly #offs: (() => void)[] = []
  #closed = false

  constructor(
    readonly keys: RoomKeys,
    readonly folder: string,
    readonly noise: KeyPair,
    { name = 'Alice', sibling }: DeviceSetup
  ) {
    const logger = pino({ level: process.env.MANGROVE_LOG ?? 'silent' })
    this.store = new Store(join(folder, 'mangrove.db'), DATABASE_KEY)
    const vault = vaultOf(this.store)
    if (sibling) shareIdentity(vaultOf(sibling.store), vault)
    this.account = Account.load(vault) ?? Account.create(vault, name, 1)
    this.logs = new LogStore({ folder: join(folder, 'cores'), logger })
    this.indexer = new Indexer(this.store, logger)
    if (!this.store.rooms.find(keys.roomId)) addRoom(this.store, keys)
    this.clock.advance(systemClock.now() - this.clock.now()) // replicas compare the times of signals with the real one
  }

  async open(): Promise<this> {
    const { store, indexer, logs, account, clock, keys } = this
    const logger = pino({ level: process.env.MANGROVE_LOG ?? 'silent' })
    await logs.ready()
    const { room } = store.rooms.find(keys.roomId) as { room: number }
    this.replica = await logs.openRoom(keys.roomId, store.rooms)
    this.index = { room, keys, replica: this.replica, me: account.identityKey, lamport: store.logs.lamport(room) }
    this.delivery = new RoomDelivery(this.index, { store, indexer, logs, author: account, logger, clock })
    const listener = { positionsRose: () => {}, presenceChanged: () => {} }
    this.signals = new Signals(this.delivery, store, account, clock, listener)
    this.receipts = new Receipts(this.delivery, this.signals, store, clock)
    this.replica.signalJudge = (signal) => this.signals.came(signal)
    this.#offs.push(
      this.replica.on('appended', ({ log }) => indexer.fold(this.index, log)),
      indexer.on('folded', ({ messages }) => messages > 0 && this.receipts.messagesCame())
    )
    await this.delivery.open()
    return this
  }

  /** The log that this device writes at present. */
  get log(): Log {
    return this.replica.log(this.delivery.logKey as Buffer) as Log
  }

  /** For helpers that know replicas only. */
  get asReplica(): Replica {
    return { store: this.logs, room: this.replica, keys: this.keys } as Replica
  }

  get ownLogs(): OwnLog[] {
    return this.store.outbox.ownLogs(this.index.room)
  }

  async say(...texts: string[]): Promise<void> {
    await Promise.all(texts.map((text) => this.delivery.enqueue({ type: 'text', text })))
  }

  /** Everything saved is in the own log and in the index. */
  async written(): Promise<this> {
    await eventually(
      () => this.store.outbox.waitingInRoom(this.index.room).length === 0,
      10_000,
      'the outbox to be written'
    )
    await this.indexer.foldRoom(this.index)
    return this
  }

  /** Texts of the index, oldest first. */
  get texts(): string[] {
    const rows = this.store.messages.page(this.index.room, null, 1000)
    return rows.map(({ text }) => text).reverse()
  }

  async until(...texts: string[]): Promise<void> {
    await eventually(() => texts.every((text) => this.texts.includes(text)), 10_000, `${texts} of ${this.texts}`)
  }

  /** The states of own messages, oldest first, with these root peers pinned. */
  states(rootPeers: readonly Buffer[] = []): string[] {
    const { store, index, account } = this
    const states = new MessageStates(store, index.room, account.identityKey, rootPeers)
    const rows = store.messages.page(index.room, null, 1000).reverse()
    return rows.filter(({ identity }) => identity.equals(account.identityKey)).map((row) => states.of(row))
  }

  /** The entries of a log as they are in it; null for what cannot be opened. */
  async entries(log: Log = this.log): Promise<(Entry | null)[]> {
    const blocks = await log.read(0, log.length)
    return blocks.map((block, sequence) => {
      try {
        return decodeEntry(
          openBlock(block, { roomId: this.keys.roomId, logKey: log.key, sequence }, this.keys.contentKey)
        )
      } catch {
        return null
      }
    })
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    for (const off of this.#offs) off()
    this.receipts?.close()
    this.signals?.close()
    await this.delivery?.close()
    await this.indexer.close()
    await this.logs.close()
    this.store.close()
  }
}

export async function openDevice(keys: RoomKeys, setup: DeviceSetup = {}): Promise<Device> {
  const { teardown = withTest, folder = tempDir(teardown), noise = signKeyPair() } = setup
  const device = new Device(keys, folder, noise, setup)
  teardown(() => device.close())
  return device.open().catch(async (error) => {
    await device.close()
    throw error
  })
}

/** The same profile in its next process. */
export async function reopen(device: Device): Promise<Device> {
  await device.close()
  return openDevice(device.keys, { folder: device.folder, noise: device.noise })
}

/** The profile as it is on disk now, to be put back later as an older backup or a crash would leave it. */
export class Snapshot {
  readonly #copy = tempDir()

  constructor(readonly folder: string) {
    cpSync(folder, this.#copy, { recursive: true })
  }

  /** The database as it was; the profile must be closed. */
  restoreDatabase(): void {
    for (const name of readdirSync(this.folder)) if (name.startsWith('mangrove.db')) rmSync(join(this.folder, name))
    for (const name of readdirSync(this.#copy)) if (name.startsWith('mangrove.db')) this.#put(name)
  }

  /** The logs as they were, without the file by which Corestore notices a copy; the profile must be closed. */
  restoreLogs(): void {
    rmSync(join(this.folder, 'cores', 'db'), { recursive: true })
    this.#put(join('cores', 'db'))
  }

  #put(name: string): void {
    cpSync(join(this.#copy, name), join(this.folder, name), { recursive: true })
  }
}

export interface DeviceLink {
  cut(): Promise<void>
}

/** Connects two devices under their Noise keys. */
export async function connect(a: Device, b: Device): Promise<DeviceLink> {
  const [toB, toA] = await connectionPair([a.noise, b.noise])
  const peers = [a.logs.attach(toB), b.logs.attach(toA)] as const
  peers[0].pairRoom(a.replica)
  peers[1].pairRoom(b.replica)
  peers[0].openRoom(a.replica)
  const cut = async () => {
    const gone = Promise.all([toB, toA].map((end) => new Promise<void>((resolve) => end.onClose(resolve))))
    toB.close()
    await gone
  }
  return { cut }
}

/** Connects a replica that holds these logs, as if it had written them. */
export async function connectWriter(device: Device, ...written: WrittenLog[]): Promise<Replica> {
  const writer = await openReplica(device.keys)
  await link(writer, device.asReplica)
  for (const { keyPair, blocks } of written) {
    writer.keyPair = keyPair
    const log = await writer.beginLog()
    writer.room.publish(log, await log.append(blocks, keyPair))
  }
  return writer
}

/** As a second device will have it: the identity, and device keys of its own. */
function shareIdentity(from: Vault, to: Vault): void {
  for (const name of ['identity.public', 'identity.secret', 'account.name'])
    to.setSecret(name, from.secret(name) as Buffer)
  Account.renewDevice(to, 1)
}

export function vaultOf(store: Store): Vault {
  return {
    secret: (name) => store.settings.secret(name),
    setSecret: (name, value) => store.settings.setSecret(name, value),
    durable: (work) => store.db.durable(work)
  }
}
