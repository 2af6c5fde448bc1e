/**
 * All that this machine keeps of one room: the roster, its logs, and the channels to neighbours. A member and a root
 * peer run the same replica; only the member can open what is in it.
 *
 * Flow: a neighbour's push → Log.receive → 'appended' (the indexer's cue) → ack once durable → heads to the others.
 * Own appends come in through `publish`, after delivery/ committed them.
 */
import { Emitter } from '../lib/emitter.js'
import { equal, hex } from '../protocol/bytes.js'
import type { LogKey, NoiseKey, RoomId } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { RosterPort } from '../protocol/ports.js'
import {
  type Ack,
  encodePush,
  type Heads,
  type Pull,
  type Push,
  REFUSALS,
  type Refused,
  type Signal,
  type SignedHead
} from '../protocol/room-messages.js'
import type { RosterRecord } from '../protocol/roster.js'
import { Acknowledger } from './acknowledger.js'
import { Announcer } from './announcer.js'
import { type Appended, Log, type Received } from './log.js'
import type { LogContext } from './log-store.js'
import { PullScheduler } from './pull-scheduler.js'
import { PullServer } from './pull-server.js'
import type { RoomChannel } from './room-channel.js'
import { Roster } from './roster.js'
import { SignalGate } from './signal-gate.js'

export interface RoomEvents {
  /** A log grew by another's entries `from` up to `to`; it can be read, and is not yet synced to disk. */
  appended: { log: Log; from: number; to: number; bytes: number }
  /** A head that the log's key signed; `contradicts` when our own tree at that length is another. */
  head: { log: Log; head: SignedHead; contradicts: boolean }
  /** All of a neighbour's first heads were heard and compared. */
  heard: { channel: RoomChannel }
  /** A neighbour holds a log up to `length` with our tree; of own logs durably, of others' from watched replicas only. */
  ack: { replica: NoiseKey; log: Log; length: number }
  /** The author signed two trees; the log is quarantined. */
  conflict: { log: Log; head: SignedHead }
  introduced: { key: NoiseKey }
  roster: { record: RosterRecord }
  /** A verified neighbour came or went. */
  peers: { verified: number }
}

export class RoomReplica extends Emitter<RoomEvents> {
  readonly roomId: RoomId
  /** Logs of which every neighbour's acknowledgements are compared and reported: this device's, in hex. */
  readonly own = new Set<string>()
  /** Replicas whose acknowledgements of all logs are reported: the room's pinned root peers, in hex. */
  watched: ReadonlySet<string> = new Set()
  /** A member judges signals by their device's signature before they count; a root peer cannot. */
  signalJudge: ((signal: Signal) => boolean) | null = null
  closed = false

  readonly #context: LogContext
  readonly #roster: Roster
  readonly #channels = new Set<RoomChannel>()
  readonly #pulls: PullScheduler
  readonly #pullServer = new PullServer()
  readonly #announcer: Announcer
  readonly #acknowledger: Acknowledger
  readonly #signals = new SignalGate()
  /** Heads of one channel are compared one frame after the other, so that `heard` comes last. */
  readonly #listening = new WeakMap<RoomChannel, Promise<void>>()

  constructor(roomId: RoomId, roster: RosterPort, context: LogContext) {
    super((error) => context.logger.error({ err: error }, 'a room listener failed'))
    this.roomId = roomId
    this.#roster = new Roster(roomId, roster, (key, signer) => new Log(context.store, key, signer))
    this.#context = context
    this.#pulls = new PullScheduler(this.#channels)
    this.#announcer = new Announcer(this.#channels, context.isRootPeer)
    this.#acknowledger = new Acknowledger(context.wal)
  }

  /** Loads the roster and opens its logs. */
  async ready(): Promise<void> {
    this.#roster.load()
    await Promise.all([...this.logs.values()].map((log) => log.ready()))
  }

  /** The room's logs, by key in hex. */
  get logs(): ReadonlyMap<string, Log> {
    return this.#roster.logs
  }

  get verifiedPeers(): number {
    return this.#channels.size
  }

  get channels(): ReadonlySet<RoomChannel> {
    return this.#channels
  }

  /** Usually one; two while a newer connection takes an older one's place. */
  channelsTo(replica: NoiseKey): RoomChannel[] {
    return [...this.#channels].filter((channel) => equal(channel.remoteKey, replica))
  }

  log(key: LogKey): Log | null {
    return this.logs.get(hex(key)) ?? null
  }

  /** A neighbour is there with whom both first listings were exchanged. */
  get hasListener(): boolean {
    return [...this.#channels].some((channel) => channel.greeted && channel.heard)
  }

  /** Adds an own record and tells the neighbours. */
  addRecord(record: RosterRecord): void {
    if (this.#roster.has(record)) return
    this.#roster.save(record)
    this.#recordsCame([record], null)
  }

  /** Shows an own append to every neighbour: once its high-water mark is committed, never before. */
  publish(log: Log, appended: Appended): void {
    log.publish(appended)
    const encoded = encodePush({ ...appended.frame, kind: 'push' })
    for (const channel of this.#channels) {
      if (channel.greeted && channel.mayPush) channel.sendPush(log.key, appended.length, encoded)
    }
    this.#announcer.grew(log)
  }

  sendSignal(signal: Signal): void {
    for (const channel of this.#channels) channel.sendSignal(signal)
  }

  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    for (const channel of [...this.#channels]) channel.close()
    this.#pulls.close()
    this.#announcer.close()
    await Promise.allSettled([...this.logs.values()].map((log) => log.close()))
  }

  /** Closes the room and removes its blocks from this machine. */
  async purge(): Promise<void> {
    const logs = [...this.logs.values()]
    this.closed = true
    for (const channel of [...this.#channels]) channel.close()
    this.#pulls.close()
    this.#announcer.close()
    for (const log of logs) await log.purge()
  }

  // What channels call. None of these throws on what a peer sent except for malformed content, which is counted there.

  channelVerified(channel: RoomChannel): void {
    this.#channels.add(channel)
    this.#background(this.#greet(channel))
    this.#introduce(channel)
    this.emit('peers', { verified: this.#channels.size })
  }

  channelClosed(channel: RoomChannel): void {
    this.#channels.delete(channel)
    this.#pulls.channelClosed(channel)
    this.emit('peers', { verified: this.#channels.size })
  }

  rosterReceived(channel: RoomChannel, records: readonly RosterRecord[]): void {
    const fresh = records.filter((record) => !this.#roster.has(record))
    const valid = fresh.filter((record) => this.#roster.isValid(record))
    if (valid.length < fresh.length) channel.misbehaved('roster record with a wrong signature')
    const kept = valid.filter((record) => this.#roster.take(record))
    if (kept.length > 0) this.#recordsCame(kept, channel)
  }

  headsReceived(channel: RoomChannel, heads: Heads): void {
    const before = this.#listening.get(channel) ?? Promise.resolve()
    const after = before.then(() => this.#compareHeads(channel, heads))
    this.#listening.set(
      channel,
      after.catch(() => {})
    )
    this.#background(after)
  }

  pushReceived(channel: RoomChannel, push: Push): void {
    const log = this.log(push.logKey)
    if (!log) {
      if (!this.#roster.isFull) channel.misbehaved('push to a log outside of the roster')
      return
    }
    const asked = push.kind !== 'push' && this.#pulls.isAwaited(log, channel)
    if (push.kind !== 'push' && !asked) channel.peer.countUnsolicited(blockBytes(push))
    this.#background(log.receive(push).then((received) => this.#received(channel, log, push, received, asked)))
  }

  ackReceived(channel: RoomChannel, ack: Ack): void {
    const log = this.log(ack.logKey)
    if (!log) return
    const reported = this.own.has(hex(ack.logKey)) || this.watched.has(hex(channel.remoteKey))
    if (ack.length > log.length) return reported ? channel.keepAck(ack) : undefined
    if (!reported) return channel.noteHeld(ack.logKey, ack.length)
    this.#background(this.#compareAck(channel, log, ack))
  }

  pullReceived(channel: RoomChannel, pull: Pull): void {
    const log = this.log(pull.logKey)
    if (!log) return channel.sendRefused({ logKey: pull.logKey, code: REFUSALS.unknownLog })
    // Who lost its own log and fetches it back learns what of it is durable here.
    const served = this.#pullServer.serve(channel, log, pull.from)
    this.#background(served.then(() => this.#acknowledger.acknowledge(channel, log)))
  }

  refusedReceived(channel: RoomChannel, refused: Refused): void {
    const log = this.log(refused.logKey)
    if (log) this.#pulls.failed(log, channel)
  }

  signalReceived(channel: RoomChannel, signal: Signal): void {
    if (!this.log(signal.logKey) || !this.#signals.admits(signal, channel, Date.now())) return
    if (this.signalJudge && !this.signalJudge(signal)) return
    this.#signals.accept(signal)
    if (!this.#context.isRootPeer) return
    for (const other of this.#channels) if (other !== channel) other.sendSignal(signal)
  }

  peersReceived(channel: RoomChannel, keys: readonly NoiseKey[]): void {
    for (const key of keys) if (!equal(key, channel.remoteKey)) this.emit('introduced', { key: Buffer.from(key) })
  }

  async #greet(channel: RoomChannel): Promise<void> {
    await Promise.all([...this.logs.values()].map((log) => log.ready()))
    channel.sendRoster(this.#roster.records)
    const heads = [...this.logs.values()].map((log) => log.head())
    channel.sendHeads(
      heads.filter((head) => head !== null),
      true
    )
    channel.greeted = true
  }

  #introduce(channel: RoomChannel): void {
    const others = [...this.#channels].filter((other) => other !== channel)
    channel.sendPeers(others.map((other) => other.remoteKey))
    for (const other of others) other.sendPeers([channel.remoteKey])
  }

  async #compareHeads(channel: RoomChannel, heads: Heads): Promise<void> {
    for (const head of heads.rows) {
      const log = this.log(head.logKey)
      if (log && !(await this.#compareHead(channel, log, head))) channel.misbehaved('head not signed by its log')
    }
    if (!heads.last || channel.heard || channel.closed) return
    channel.heard = true
    this.emit('heard', { channel })
  }

  /** False if the log's key did not sign it. */
  async #compareHead(channel: RoomChannel, log: Log, claimed: SignedHead): Promise<boolean> {
    await log.ready()
    if (!log.verifyHead(claimed)) return false
    const head = copyHead(claimed)
    channel.heads.set(hex(log.key), head)
    channel.noteOffer(log.key, head.length)
    if (head.length > (log.claimed?.length ?? 0)) log.claimed = head
    if (head.length > log.length) {
      this.emit('head', { log, head, contradicts: false })
      channel.heard ? this.#pulls.wantSoon(log) : this.#pulls.want(log)
      return true
    }
    const same = equal(await log.treeHashAt(head.length), head.treeHash)
    this.emit('head', { log, head, contradicts: !same })
    if (!same) await this.#conflict(log, head)
    else this.#agreed(channel, log, head.length)
    return true
  }

  /** A neighbour named what is here as well: it is told so, and of an own log it is asked to acknowledge in turn. */
  #agreed(channel: RoomChannel, log: Log, length: number): void {
    this.#noteHeld(channel, log, length)
    if (!channel.hasAcknowledged(log, log.length)) this.#acknowledger.acknowledge(channel, log)
    const head = log.head()
    const lacksAck = this.own.has(hex(log.key)) && !channel.isAcknowledged(log.key, length)
    if (lacksAck && head && channel.greeted) channel.sendHeads([head], true)
  }

  async #received(channel: RoomChannel, log: Log, push: Push, received: Received, asked: boolean): Promise<void> {
    switch (received.outcome) {
      case 'appended':
        this.#noteHeld(channel, log, received.to)
        channel.noteOffer(log.key, received.to)
        this.emit('appended', { log, from: received.from, to: received.to, bytes: received.bytes })
        this.#acknowledger.acknowledge(channel, log)
        this.#announcer.grew(log)
        this.#compareWithNeighbours(log)
        return this.#pulls.progressed(log, channel, push.kind)
      case 'held':
        this.#noteHeld(channel, log, push.start + push.blocks.length)
        this.#acknowledger.acknowledge(channel, log)
        return this.#pulls.progressed(log, channel, push.kind)
      case 'gap':
        // Its signature cannot be judged yet, so it is worth one pull and no more.
        channel.noteOffer(log.key, Math.min(push.start, log.length + LIMITS.pullEntries))
        return this.#pulls.want(log)
      case 'forked':
        return this.#conflict(log, copyHead(received.head))
      case 'bad-signature':
        this.#pulls.failed(log, channel)
        if (!asked) channel.misbehaved('frame not signed by its log')
        return
      case 'quarantined':
        return channel.sendRefused({ logKey: log.key, code: REFUSALS.quarantined })
      case 'retired':
        return channel.sendRefused({ logKey: log.key, code: REFUSALS.retired })
    }
  }

  /** What a neighbour named or sent it holds; of own logs only an acknowledgement says that it is durable there. */
  #noteHeld(channel: RoomChannel, log: Log, length: number): void {
    channel.noteHeld(log.key, length)
    const reported = this.watched.has(hex(channel.remoteKey)) && !this.own.has(hex(log.key))
    if (reported) this.emit('ack', { replica: channel.remoteKey, log, length })
  }

  /** What neighbours named or acknowledged before it was here. */
  #compareWithNeighbours(log: Log): void {
    for (const channel of this.#channels) {
      const ack = channel.takeAck(log, log.length)
      if (ack) this.#background(this.#compareAck(channel, log, ack))
      const head = channel.heads.get(log.id)
      const isSame = head?.length === log.length && equal(head.treeHash, log.treeHash)
      if (isSame) this.#noteHeld(channel, log, log.length)
    }
  }

  async #compareAck(channel: RoomChannel, log: Log, ack: Ack): Promise<void> {
    const ours = ack.length === log.length ? log.treeHash : await log.treeHashAt(ack.length)
    if (!equal(ours, ack.treeHash)) return
    channel.noteHeld(log.key, ack.length)
    channel.noteAck(log.key, ack.length)
    this.emit('ack', { replica: channel.remoteKey, log, length: ack.length })
  }

  async #conflict(log: Log, head: SignedHead): Promise<void> {
    if (log.quarantined) return
    await log.quarantine(head)
    this.emit('conflict', { log, head })
  }

  #recordsCame(records: readonly RosterRecord[], from: RoomChannel | null): void {
    for (const channel of this.#channels) if (channel !== from && channel.greeted) channel.sendRoster(records)
    for (const record of records) this.emit('roster', { record })
  }

  /** Work started by a peer's message: a failing disk is logged, and ends nothing else. */
  #background(work: Promise<unknown>): void {
    work.catch((error) => {
      if (!this.closed) this.#context.logger.error({ err: error }, 'a room could not take in what it was sent')
    })
  }
}

/** Heads are kept longer than the network buffer they came in. */
function copyHead(head: SignedHead): SignedHead {
  return {
    logKey: Buffer.from(head.logKey),
    length: head.length,
    treeHash: Buffer.from(head.treeHash),
    signature: Buffer.from(head.signature)
  }
}

function blockBytes(push: Push): number {
  return push.blocks.reduce((size, block) => size + block.byteLength, 0)
}
