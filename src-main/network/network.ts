/**
 * Hyperswarm behind NetworkPort: finds peers by topic, keeps the ones we name, and hands out connections.
 *
 * Who owns what: Network owns the DHT node, the swarm and all timers below it. Hyperswarm finds peers on topics,
 * accepts, and lets one connection a peer live (a newer one replaces one that has carried data, so a peer that was
 * killed and came back gets in at once). Dialer tries keys that we were told of; KeptPeer repeats that; Liveness ends
 * connections whose other side is gone; Penalties refuses peers that broke the protocol.
 */
import type HyperDHT from 'hyperdht'
import type { KeyPair, NoiseSecretStream } from 'hyperdht'
import Hyperswarm, { type PeerInfo } from 'hyperswarm'
import { type Clock, systemClock } from '../lib/clock.js'
import { Emitter } from '../lib/emitter.js'
import type { Logger } from '../lib/logger.js'
import { equal, hex } from '../protocol/bytes.js'
import type { NoiseKey } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { Connection, NetworkPort } from '../protocol/ports.js'
import { within } from './deadline.js'
import { bindDht, createDht, type DhtPlace } from './dht.js'
import { Dialer } from './dialer.js'
import { Introductions } from './introductions.js'
import { KeptPeer } from './kept-peer.js'
import { KEPT_PACE, Liveness, NORMAL_PACE } from './liveness.js'
import { PeerConnection } from './peer-connection.js'
import { Penalties } from './penalties.js'
import { Topics } from './topics.js'

const FIRST_ANNOUNCE_MS = 5_000
const ONLINE_CHECK_MS = 2_000
/** Closing: what is written gets this long to leave, then Hyperswarm to say goodbye, then it is torn down. */
const GOODBYE_MS = 300
const CLOSE_MS = 3_000

export interface NetworkOptions extends DhtPlace {
  /** The Noise key pair under which this node is reached. */
  readonly keyPair: KeyPair
  readonly logger: Logger
  /** Connections above this are closed again, but for peers that we keep. A root peer takes 1,024. */
  readonly maxConnections?: number
  readonly clock?: Clock
  /** 0 to 1, for jitter. */
  readonly random?: () => number
}

export interface NetworkEvents {
  connection: Connection
  disconnection: Connection
  /** Whether we reach the DHT or anybody, and how many peers are connected. */
  changed: { readonly online: boolean; readonly peers: number }
}

export class Network implements NetworkPort {
  readonly publicKey: NoiseKey

  readonly #options: NetworkOptions
  readonly #logger: Logger
  readonly #clock: Clock
  readonly #random: () => number
  readonly #maxConnections: number
  readonly #events: Emitter<NetworkEvents>
  readonly #dht: HyperDHT
  readonly #swarm: Hyperswarm
  readonly #dialer: Dialer
  readonly #introductions: Introductions
  readonly #liveness: Liveness
  readonly #penalties: Penalties
  readonly #topics: Topics
  readonly #connections = new Map<string, PeerConnection>()
  readonly #kept = new Map<string, KeptPeer>()
  #listening: Promise<void> | null = null
  #online = false
  #cancelOnlineCheck: (() => void) | null = null
  #closing: Promise<void> | null = null

  constructor(options: NetworkOptions) {
    this.#options = options
    this.#logger = options.logger
    this.#clock = options.clock ?? systemClock
    this.#random = options.random ?? Math.random
    this.#maxConnections = options.maxConnections ?? 256
    this.publicKey = options.keyPair.publicKey
    this.#events = new Emitter((error) => this.#logger.error({ err: error }, 'a network listener failed'))
    this.#penalties = new Penalties(this.#clock)
    this.#liveness = new Liveness(this.#clock)
    this.#dht = createDht(options)
    this.#swarm = this.#createSwarm()
    this.#topics = new Topics({ swarm: this.#swarm, clock: this.#clock, random: this.#random })
    const { keyPair } = options
    const onopen = (stream: NoiseSecretStream) => void this.#swarm.server.emit('connection', stream)
    this.#dialer = new Dialer({ dht: this.#dht, keyPair, clock: this.#clock, onopen })
    const dial = (key: NoiseKey) => void this.#dialOnce(key)
    this.#introductions = new Introductions({ publicKey: this.publicKey, clock: this.#clock, dial })
  }

  get online(): boolean {
    return !this.#closing && (this.#connections.size > 0 || this.#reachesDht)
  }

  get connections(): readonly Connection[] {
    return [...this.#connections.values()]
  }

  on<Name extends keyof NetworkEvents>(name: Name, listener: (payload: NetworkEvents[Name]) => void): () => void {
    return this.#events.on(name, listener)
  }

  /** Binds the sockets and begins to listen. Throws PORT_IN_USE or BAD_ARGUMENT. */
  async ready(): Promise<void> {
    await bindDht(this.#dht, this.#options)
    if (this.#listening || this.#closing) return
    // In the background: an announce may take as long as the network likes; `flushed` waits for it.
    this.#listening = this.#listen()
    this.#checkOnline()
    this.#retryAll()
  }

  /** The first announce is out, or 5 s have passed, or there is no network. Never throws. */
  async flushed(): Promise<void> {
    await within(FIRST_ANNOUNCE_MS, this.#announced(), this.#clock)
  }

  joinTopic(topic: Buffer, { announce }: { announce: boolean }): void {
    this.#topics.join(topic, announce)
  }

  leaveTopic(topic: Buffer): void {
    this.#topics.leave(topic).catch((error) => this.#logger.debug({ err: error }, 'a topic was left without goodbye'))
  }

  /** While the owner of a joined topic has nobody there it seeks: the topic is looked up often. False at first. */
  seekPeers(topic: Buffer, seeking: boolean): void {
    this.#topics.seek(topic, seeking)
  }

  keepConnected(key: NoiseKey, reason: string): void {
    if (this.#closing || equal(key, this.publicKey)) return
    const id = hex(key)
    const kept = this.#kept.get(id) ?? this.#keep(key)
    kept.reasons.add(reason)
  }

  release(key: NoiseKey, reason: string): void {
    const id = hex(key)
    const kept = this.#kept.get(id)
    if (!kept) return
    kept.reasons.delete(reason)
    if (kept.reasons.size > 0) return
    kept.close()
    this.#kept.delete(id)
    const connection = this.#connections.get(id)
    if (connection) this.#liveness.watch(connection, NORMAL_PACE)
  }

  dial(key: NoiseKey): void {
    if (!this.#closing && !equal(key, this.publicKey) && !this.connectionTo(key)) this.#introductions.add(key)
  }

  connectionTo(key: NoiseKey): Connection | null {
    const connection = this.#connections.get(hex(key))
    return connection && !connection.closed ? connection : null
  }

  /** Says goodbye and frees everything. Idempotent, never throws, done within about 6 s. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  #createSwarm(): Hyperswarm {
    const swarm = new Hyperswarm({
      dht: this.#dht,
      keyPair: this.#options.keyPair,
      maxPeers: this.#maxConnections,
      maxServerConnections: this.#maxConnections,
      firewall: (key) => this.#refuses(key)
    })
    swarm.on('connection', (stream) => this.#onstream(stream))
    // Hyperswarm bans for good whom the firewall refuses once; ours ends, and asks anew at each try.
    swarm.on('ban', (peer: PeerInfo) => {
      peer.ban(false)
      swarm.leavePeer(peer.publicKey)
    })
    this.#dht.on('network-change', () => this.#retryAll())
    return swarm
  }

  get #reachesDht(): boolean {
    return this.#dht.bootstrapped && this.#dht.online && this.#dht.toArray({ limit: 1 }).length > 0
  }

  async #announced(): Promise<void> {
    await this.#dht.fullyBootstrapped().catch(ignore)
    if (!this.#reachesDht) return
    await this.#listening
    await this.#topics.flushed()
  }

  /** Announces our own key, by which we are reached; topics follow. Never rejects. */
  async #listen(): Promise<void> {
    const listening = this.#swarm.listen().catch((error) => this.#logger.warn({ err: error }, 'cannot listen'))
    await within(FIRST_ANNOUNCE_MS, listening, this.#clock)
    this.#topics.start()
  }

  #keep(key: NoiseKey): KeptPeer {
    const id = hex(key)
    const dial = (done: () => void) => this.#dialOnce(key, done)
    const kept = new KeptPeer({ clock: this.#clock, random: this.#random, dial })
    this.#kept.set(id, kept)
    const connection = this.#connections.get(id)
    if (connection) {
      kept.connected()
      this.#liveness.watch(connection, KEPT_PACE)
    } else kept.dial()
    return kept
  }

  #dialOnce(key: NoiseKey, done?: () => void): boolean {
    if (!this.#listening || this.#closing || this.#penalties.refuses(key) || this.connectionTo(key)) return false
    return this.#dialer.dial(key, done)
  }

  #onstream(stream: NoiseSecretStream): void {
    stream.on('error', ignore)
    const id = hex(stream.remotePublicKey)
    if (this.#refuses(stream.remotePublicKey)) {
      stream.destroy()
      return
    }
    const connection = new PeerConnection(stream, {
      onMisbehaved: (_, what, errors) => this.#onmisbehaved(connection, what, errors),
      onError: (error) => this.#logger.error({ err: error }, 'a connection listener failed')
    })
    this.#connections.set(id, connection)
    connection.onClose(() => this.#onclose(id, connection))
    // Both sides have then sent and received, by which Hyperswarm knows that a newer connection is to replace this one.
    connection.ping()
    this.#liveness.watch(connection, this.#kept.has(id) ? KEPT_PACE : NORMAL_PACE)
    this.#kept.get(id)?.connected()
    this.#events.emit('connection', connection)
    this.#changed()
  }

  #refuses(key: NoiseKey): boolean {
    if (this.#closing || this.#penalties.refuses(key)) return true
    const id = hex(key)
    return this.#connections.size >= this.#maxConnections && !this.#kept.has(id) && !this.#connections.has(id)
  }

  #onclose(id: string, connection: PeerConnection): void {
    this.#liveness.unwatch(connection)
    if (this.#connections.get(id) === connection) {
      this.#connections.delete(id)
      this.#kept.get(id)?.disconnected()
    }
    this.#events.emit('disconnection', connection)
    this.#changed()
  }

  #onmisbehaved(connection: PeerConnection, what: string, errors: number): void {
    const peer = hex(connection.remoteKey.subarray(0, 8))
    this.#logger.debug({ peer, what, errors }, 'protocol error')
    if (errors < LIMITS.protocolErrors) return
    const ms = this.#penalties.punish(connection.remoteKey)
    this.#logger.info({ peer, what, ms }, 'a peer broke the protocol too often and is refused for a while')
  }

  #changed(): void {
    if (this.#closing) return
    this.#online = this.online
    this.#events.emit('changed', { online: this.#online, peers: this.#connections.size })
  }

  /** The DHT does not tell when it finds its first nodes, so we look. */
  #checkOnline(): void {
    if (this.#closing) return
    const cameOnline = !this.#online && this.online
    if (this.#online !== this.online) this.#changed()
    if (cameOnline) this.#retryAll()
    this.#cancelOnlineCheck = this.#clock.after(ONLINE_CHECK_MS, () => this.#checkOnline())
  }

  #retryAll(): void {
    if (this.#closing) return
    for (const kept of this.#kept.values()) kept.retry()
    this.#topics.restartAll()
  }

  async #close(): Promise<void> {
    this.#cancelOnlineCheck?.()
    for (const kept of this.#kept.values()) kept.close()
    this.#topics.close()
    this.#introductions.close()
    this.#dialer.close()
    const destroyed = this.#swarm
      .destroy()
      .catch((error) => this.#logger.warn({ err: error }, 'the swarm closed badly'))
    await within(GOODBYE_MS, this.#disconnect(), this.#clock)
    for (const connection of [...this.#connections.values()]) connection.close()
    this.#liveness.close()
    if (!(await within(CLOSE_MS, destroyed, this.#clock))) {
      await within(CLOSE_MS, this.#swarm.destroy({ force: true }).catch(ignore), this.#clock)
    }
    this.#events.clear()
  }

  async #disconnect(): Promise<void> {
    const closed = (connection: PeerConnection) => new Promise<void>((resolve) => connection.onClose(resolve))
    const all = [...this.#connections.values()]
    for (const connection of all) connection.end()
    await Promise.all(all.map(closed))
  }
}

function ignore(): void {}
