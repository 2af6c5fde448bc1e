/** Replicas of a room in one process, joined by real Noise and Protomux streams that never leave it. */
import NoiseSecretStream from '@hyperswarm/secret-stream'
import pino from 'pino'
import { logKeyOf } from '../../src-main/log/hypercore-internals.js'
import type { Appended, Log } from '../../src-main/log/log.js'
import type { LogPeer } from '../../src-main/log/log-peer.js'
import { LogStore } from '../../src-main/log/log-store.js'
import type { RoomReplica } from '../../src-main/log/room-replica.js'
import { PeerConnection } from '../../src-main/network/peer-connection.js'
import { hex } from '../../src-main/protocol/bytes.js'
import { type KeyPair, randomBytes, signKeyPair } from '../../src-main/protocol/crypto.js'
import type { RosterPort } from '../../src-main/protocol/ports.js'
import { type RoomKeys, roomKeys } from '../../src-main/protocol/room-keys.js'
import { createLogRecord } from '../../src-main/protocol/roster.js'
import { type Teardown, tempDir, withTest } from './temp.js'

/** A roster that lives as long as the test. */
export class MemoryRoster implements RosterPort {
  readonly #records = new Map<string, Buffer>()

  load(): Buffer[] {
    return [...this.#records.values()]
  }

  save(_roomId: Buffer, logKey: Buffer, kind: 'log' | 'retired', record: Buffer): void {
    this.#records.set(`${kind}:${hex(logKey)}`, record)
  }
}

export class Replica {
  readonly store: LogStore
  readonly roster = new MemoryRoster()
  room!: RoomReplica
  log!: Log
  keyPair: KeyPair = signKeyPair()

  constructor(
    readonly keys: RoomKeys,
    readonly folder: string,
    isRootPeer: boolean
  ) {
    this.store = new LogStore({ folder, logger: pino({ level: process.env.MANGROVE_LOG ?? 'silent' }), isRootPeer })
  }

  async open(): Promise<this> {
    await this.store.ready()
    this.room = await this.store.openRoom(this.keys.roomId, this.roster)
    return this
  }

  /** Begins this replica's own log. */
  async beginLog(): Promise<Log> {
    const logKey = logKeyOf(this.keyPair.publicKey)
    this.room.addRecord(createLogRecord(this.keys.roomId, this.keys.signing, logKey, this.keyPair))
    this.log = this.room.log(logKey) as Log
    this.room.own.add(hex(logKey))
    await this.log.ready()
    return this.log
  }

  async append(...texts: string[]): Promise<Appended> {
    const appended = await this.log.append(
      texts.map((text) => Buffer.from(text)),
      this.keyPair
    )
    this.room.publish(this.log, appended)
    return appended
  }
}

export function testRoom(): RoomKeys {
  return roomKeys(randomBytes(32), randomBytes(32))
}

export async function openReplica(
  keys: RoomKeys,
  options: { folder?: string; isRootPeer?: boolean; teardown?: Teardown } = {}
): Promise<Replica> {
  const { teardown = withTest, folder = tempDir(teardown), isRootPeer = false } = options
  const replica = new Replica(keys, folder, isRootPeer)
  teardown(() => replica.store.close())
  return replica.open()
}

export interface Link {
  readonly connections: [PeerConnection, PeerConnection]
  readonly peers: [LogPeer, LogPeer]
  cut(): void
}

/** Two streams that are each other's other end, as connections. */
export async function connectionPair(keyPairs: KeyPair[] = []): Promise<[PeerConnection, PeerConnection]> {
  const a = new NoiseSecretStream(true, null, { keyPair: keyPairs[0] })
  const b = new NoiseSecretStream(false, null, { keyPair: keyPairs[1] })
  a.rawStream.pipe(b.rawStream).pipe(a.rawStream)
  await Promise.all([a.opened, b.opened])
  return [new PeerConnection(a), new PeerConnection(b)]
}

/** Connects two replicas; their rooms' channels open as between members. */
export async function link(a: Replica, b: Replica): Promise<Link> {
  const [toB, toA] = await connectionPair()
  const peers: [LogPeer, LogPeer] = [a.store.attach(toB), b.store.attach(toA)]
  peers[0].pairRoom(a.room)
  peers[1].pairRoom(b.room)
  peers[0].openRoom(a.room)
  return { connections: [toB, toA], peers, cut: () => toB.close() }
}

/** Resolves when the replica holds `length` entries of the log. */
export function hasLength(replica: Replica, logKey: Buffer, length: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => (replica.room.log(logKey)?.length ?? 0) >= length
    if (done()) return resolve()
    const off = replica.room.on('appended', () => {
      if (!done()) return
      off()
      resolve()
    })
  })
}
