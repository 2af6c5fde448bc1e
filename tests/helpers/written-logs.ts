/** People who write logs into memory, as good or as bad as a test wants, and replicas that fold them. */
import pino from 'pino'
import { Indexer } from '../../src-main/indexer/indexer.js'
import type { RoomIndex } from '../../src-main/indexer/room-index.js'
import { logKeyOf } from '../../src-main/log/hypercore-internals.js'
import type { Log } from '../../src-main/log/log.js'
import type { RoomReplica } from '../../src-main/log/room-replica.js'
import { sealBlock } from '../../src-main/protocol/block.js'
import { hex } from '../../src-main/protocol/bytes.js'
import { boxKeyPair, type KeyPair, randomBytes, signKeyPair } from '../../src-main/protocol/crypto.js'
import { type Body, type Entry, encodeEntry, type Head, type Hello } from '../../src-main/protocol/entry.js'
import { certifyDevice, createHello, type DeviceKeys } from '../../src-main/protocol/identity.js'
import { logPrefix } from '../../src-main/protocol/ids.js'
import type { RoomKeys } from '../../src-main/protocol/room-keys.js'
import type { Store } from '../../src-main/store/store.js'
import { addRoom, openStore } from './store.js'

export class Person {
  readonly identity = signKeyPair()
  readonly device: DeviceKeys

  constructor(readonly name: string) {
    this.device = certifiedDevice(this.identity)
  }

  /** A log of this person's device that begins with a good hello. */
  log(keys: RoomKeys, lamport = 1, heads: readonly Head[] = []): WrittenLog {
    const log = new WrittenLog(keys)
    return log.write(this.hello(keys, log.key), { lamport, heads })
  }

  hello(keys: RoomKeys, logKey: Buffer): Hello {
    return createHello(this.identity.publicKey, this.device, keys.roomId, logKey, this.name)
  }
}

export function certifiedDevice(identity: KeyPair): DeviceKeys {
  const [signing, box] = [signKeyPair(), boxKeyPair()]
  const cert = certifyDevice(identity, signing.publicKey, box.publicKey, 1)
  return { signing, box, certifiedAt: 1, cert }
}

export interface Written {
  readonly lamport?: number
  readonly clientId?: Buffer
  readonly time?: number
  readonly heads?: readonly Head[]
}

/** All that was ever written to one log. */
export class WrittenLog {
  readonly keyPair = signKeyPair()
  readonly key = logKeyOf(this.keyPair.publicKey)
  readonly blocks: Buffer[] = []
  #lamport = 0

  constructor(readonly keys: RoomKeys) {}

  get length(): number {
    return this.blocks.length
  }

  /** Names what is here up to `length`, as an entry's `heads` do. */
  head(length = this.length): Head {
    return { log: Buffer.from(logPrefix(this.key)), length }
  }

  /** One more entry; its Lamport time is one above the last unless another is given. */
  write(body: Body, written: Written = {}): this {
    const { lamport = this.#lamport + 1, clientId = randomBytes(16), time = 0, heads = [] } = written
    this.#lamport = lamport
    return this.append(encodeEntry({ clientId, lamport, time, heads, body }))
  }

  text(text: string, written: Written = {}): this {
    return this.write({ type: 'text', text }, written)
  }

  /** Entries sealed before, also in another log. */
  append(entry: Buffer): this {
    const place = { roomId: this.keys.roomId, logKey: this.key, sequence: this.length }
    return this.raw(sealBlock(entry, place, this.keys.contentKey))
  }

  /** Whatever these bytes are. */
  raw(block: Buffer): this {
    this.blocks.push(block)
    return this
  }
}

/** A log's key and all of its blocks, wherever they were written. */
export type Blocks = Pick<WrittenLog, 'key' | 'blocks'>

export async function blocksOf(log: Log): Promise<Blocks> {
  return { key: log.key, blocks: await log.read(0, log.length) }
}

/** A log as one replica has it: a prefix of what was written. */
class HeldLog implements Pick<Log, 'key' | 'length' | 'read'> {
  length = 0

  constructor(readonly written: Blocks) {}

  get key(): Buffer {
    return this.written.key
  }

  async read(from: number, to: number): Promise<Buffer[]> {
    return this.written.blocks.slice(from, Math.min(to, this.length))
  }
}

/** A store, an indexer, and logs that come as a test lets them come. */
export class Folder {
  readonly indexer: Indexer
  readonly index: RoomIndex
  readonly #logs = new Map<string, Log>()

  constructor(
    readonly keys: RoomKeys,
    readonly me: Buffer = randomBytes(32),
    readonly store: Store = openStore(),
    room = addRoom(store, keys).room
  ) {
    this.indexer = new Indexer(store, pino({ level: process.env.MANGROVE_LOG ?? 'silent' }))
    const log = (key: Buffer) => this.#logs.get(hex(key)) ?? null
    const replica = { logs: this.#logs, log, own: new Set() } as unknown as RoomReplica
    this.index = { room, keys, replica, me, lamport: store.logs.lamport(room) }
  }

  /** Up to `length` of the log is here from now on; folded once `settled`. */
  receive(written: Blocks, length = written.blocks.length): void {
    const held = (this.#logs.get(hex(written.key)) as unknown as HeldLog | undefined) ?? new HeldLog(written)
    held.length = Math.max(held.length, length)
    this.#logs.set(hex(written.key), held as unknown as Log)
    this.indexer.fold(this.index, held as unknown as Log)
  }

  /** Everything that is here is folded. */
  async settled(): Promise<this> {
    await this.indexer.foldRoom(this.index)
    return this
  }

  async fold(...logs: Blocks[]): Promise<this> {
    for (const log of logs) this.receive(log)
    return this.settled()
  }

  get texts(): string[] {
    return this.store.messages
      .page(this.index.room, null, 1000)
      .map(({ text }) => text)
      .reverse()
  }

  get viewHash(): string {
    return hex(this.store.messages.viewHash(this.index.room))
  }
}

export function entryOf(body: Body, written: Written = {}): Entry {
  return { clientId: randomBytes(16), lamport: 1, time: 0, heads: [], body, ...written }
}
