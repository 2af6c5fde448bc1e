/**
 * One writer log as a replica keeps it. Owns the Hypercore, and everything that changes it goes through one queue, so
 * that frames are handled strictly in order, also while it opens. Rules: DESIGN §4, 1 to 3.
 */
import type Corestore from 'corestore'
import type Hypercore from 'hypercore'
import { equal, hex } from '../protocol/bytes.js'
import type { KeyPair } from '../protocol/crypto.js'
import type { LogKey } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { Frame, SignedHead } from '../protocol/room-messages.js'
import { type Arrival, Arrivals, mergeFrames } from './arrivals.js'
import { HeadVerifier, logManifest, purge, storedBlocks, treeHashAt, treeHashWith } from './hypercore-internals.js'
import { FrameSignatures } from './signatures.js'

const CONFLICT_KEY = 'mangrove/conflict'
const READ_AHEAD = 64

export type Received =
  | { readonly outcome: 'appended'; readonly from: number; readonly to: number; readonly bytes: number }
  | { readonly outcome: 'forked'; readonly head: SignedHead }
  | { readonly outcome: 'held' | 'gap' | 'quarantined' | 'retired' | 'bad-signature' }

/** What is here and may be shown to others. */
interface Tip {
  readonly length: number
  readonly treeHash: Buffer
  readonly signature: Buffer | null
}

/** An own append: its frame, and the tree it gave, which the high-water mark keeps. */
export interface Appended {
  readonly frame: Frame
  readonly length: number
  readonly treeHash: Buffer
}

const EMPTY: Tip = { length: 0, treeHash: Buffer.alloc(32), signature: null }

export class Log {
  readonly key: LogKey
  /** The key in hex: under it maps know the log. */
  readonly id: string
  readonly signerPublicKey: Buffer
  /** Set by a retired record: nothing beyond it is taken in. */
  finalLength = Number.POSITIVE_INFINITY
  /** The longest head that the log's key signed, as far as we heard; may be beyond what is here. */
  claimed: SignedHead | null = null
  quarantined = false
  /** RocksDB rolled its log back at this start, and this log may have lost its tail: never to be written by its owner. */
  recovering = false

  readonly #verifier: HeadVerifier
  readonly #store: Corestore
  readonly #arrivals = new Arrivals()
  #core: Hypercore | null = null
  #signatures: FrameSignatures | null = null
  #queue: Promise<unknown>
  #tip: Tip = EMPTY

  constructor(store: Corestore, key: LogKey, signerPublicKey: Buffer) {
    this.key = key
    this.id = hex(key)
    this.signerPublicKey = signerPublicKey
    this.#store = store
    this.#verifier = new HeadVerifier(key, signerPublicKey)
    this.#queue = this.#open()
    this.#queue.catch(() => {})
  }

  /** Resolves when the log can be read; rejects when its storage cannot. */
  ready(): Promise<unknown> {
    return this.#run(() => Promise.resolve())
  }

  /** Entries that others may be told of. Own appends count from their `publish` on. */
  get length(): number {
    return this.#tip.length
  }

  get byteLength(): number {
    return this.#core?.byteLength ?? 0
  }

  /** The hash of the whole tree, 32 bytes; of an empty log zeros. */
  get treeHash(): Buffer {
    return this.#tip.treeHash
  }

  /** What this replica holds, signed; null of an empty log. */
  head(): SignedHead | null {
    const { length, treeHash, signature } = this.#tip
    return signature && length > 0 ? { logKey: this.key, length, treeHash, signature } : null
  }

  treeHashAt(length: number): Promise<Buffer> {
    return this.#run((core) => treeHashAt(core, length))
  }

  /** True if the log's key signed this head. */
  verifyHead(head: SignedHead): boolean {
    const own = this.head()
    if (own && own.length === head.length && equal(own.treeHash, head.treeHash)) {
      if (equal(own.signature, head.signature)) return true
    }
    return this.#verifier.verify(head.treeHash, head.length, head.signature)
  }

  /** Takes in another's frame. Never throws on what a peer sent; rejects only when storage fails. */
  receive(frame: Frame): Promise<Received> {
    const arrival = this.#arrivals.add(frame)
    return this.#run(async (core, signatures) => {
      this.#arrivals.begin(arrival)
      return arrival.received ?? this.#receiveRun(core, signatures, arrival)
    })
  }

  get isRetired(): boolean {
    return this.finalLength < Number.POSITIVE_INFINITY
  }

  /**
   * Appends own blocks. The caller alone decides that this log may be appended to; nobody else sees them before
   * `publish`, so that the high-water mark can be committed first.
   */
  append(blocks: readonly Buffer[], keyPair: KeyPair): Promise<Appended> {
    return this.#run(async (core, signatures) => {
      const start = core.length
      await signatures.beforeAppend(start + blocks.length, sizeOf(blocks))
      let signature: Buffer | null = null
      await core.append([...blocks], {
        keyPair,
        postappend: () => {
          signature = core.state.signature
        }
      })
      if (!signature) throw new Error('Hypercore appended without a signature')
      const frame = { logKey: this.key, start, blocks, signature }
      return { frame, length: core.length, treeHash: core.state.hash() }
    })
  }

  /** From now on others may be told of what was appended. */
  publish(appended: Appended): void {
    if (appended.length <= this.#tip.length) return
    this.#tip = { length: appended.length, treeHash: appended.treeHash, signature: appended.frame.signature }
  }

  /** The next frame behind `from`: at most 1,000 entries and about 1 MiB, ending where a signature is known. */
  frameFrom(from: number): Promise<Frame | null> {
    return this.#run(async (core, signatures) => {
      const tip = this.#tip
      const ends = signatures.endsBehind(from, LIMITS.pullEntries, tip.length)
      const furthest = ends.at(-1)
      if (furthest === undefined) return null
      const blocks = await readUpTo(core, from, furthest, ends[0] as number, LIMITS.pullBytes)
      const end = ends.findLast((candidate) => candidate <= from + blocks.length)
      const signature = end === tip.length ? tip.signature : signatures.at(end ?? 0)
      if (end === undefined || !signature) return null
      return { logKey: this.key, start: from, blocks: blocks.slice(0, end - from), signature }
    })
  }

  /** Blocks `from` up to, not including, `to`. */
  read(from: number, to: number): Promise<Buffer[]> {
    return this.#run((core) => readBlocks(core, from, Math.min(to, core.length)))
  }

  /** Keeps the first-seen prefix for good and takes nothing more in (DESIGN §5.5). */
  quarantine(other: SignedHead): Promise<void> {
    this.quarantined = true
    return this.#run(async (core) => {
      const proof = { length: other.length, treeHash: hexOf(other.treeHash), signature: hexOf(other.signature) }
      await core.setUserData(CONFLICT_KEY, JSON.stringify(proof))
    })
  }

  /** Removes the log's blocks from this machine. */
  async purge(): Promise<void> {
    await this.#run((core) => purge(core))
  }

  async close(): Promise<void> {
    await this.#queue.catch(() => {})
    await this.#core?.close()
  }

  async #open(): Promise<void> {
    const options = { key: this.key, manifest: logManifest(this.signerPublicKey), pushOnly: true, active: false }
    const core = this.#store.get(options)
    await core.ready()
    const signatures = new FrameSignatures(core)
    await signatures.load()
    this.quarantined = (await core.getUserData(CONFLICT_KEY)) !== null
    this.#takeFrames(core)
    this.#core = core
    this.#signatures = signatures
    this.#showAll(core)
  }

  /**
   * Hypercore would wait for ordinary peers before it appends to a log that was rolled back (state.waitForRecovery).
   * Ours has none, and a frame is signed by its author, so it cannot make a fork: the log fills up as anyone's does.
   */
  #takeFrames(core: Hypercore): void {
    const { hints } = core.core.header
    this.recovering = Boolean(hints.recovering)
    hints.recovering = 0
  }

  #showAll(core: Hypercore): void {
    if (core.length === 0) return
    this.#tip = { length: core.length, treeHash: core.state.hash(), signature: core.state.signature }
  }

  /** Takes in this frame, and what waits directly behind it under the last signature: one check and one write. */
  async #receiveRun(core: Hypercore, signatures: FrameSignatures, arrival: Arrival): Promise<Received> {
    const run = this.quarantined ? [arrival] : this.#arrivals.run(arrival, core.length, this.finalLength)
    if (run.length === 1) return this.#receive(core, signatures, arrival.frame)
    const merged = await this.#receive(core, signatures, mergeFrames(run))
    if (merged.outcome === 'appended') for (const each of run) each.received = partOf(merged, each.frame)
    else for (const each of run) each.alone = true
    return arrival.received ?? this.#receive(core, signatures, arrival.frame)
  }

  async #receive(core: Hypercore, signatures: FrameSignatures, frame: Frame): Promise<Received> {
    const length = core.length
    const end = frame.start + frame.blocks.length
    if (this.quarantined) return { outcome: 'quarantined' }
    if (end > this.finalLength) return { outcome: 'retired' }
    if (frame.start > length) return { outcome: 'gap' }
    if (end <= length) return this.#compareHeld(core, frame, end)
    const blocks = frame.blocks.slice(length - frame.start)
    const bytes = sizeOf(blocks)
    await signatures.beforeAppend(end, bytes)
    try {
      const appended = await core.append(blocks, { signature: frame.signature, maxLength: end })
      if (appended.length !== end) return { outcome: 'gap' }
    } catch (error) {
      const judged = await this.#forkOrLie(core, frame)
      const byPeer = judged.outcome === 'bad-signature' || (error as { code?: string }).code === 'INVALID_SIGNATURE'
      if (!byPeer) throw error
      return judged
    }
    this.#showAll(core)
    return { outcome: 'appended', from: length, to: end, bytes }
  }

  /** Never acknowledge blindly: the signature must be over our own tree at that length, or the author forked. */
  async #compareHeld(core: Hypercore, frame: Frame, end: number): Promise<Received> {
    const hash = await treeHashAt(core, end)
    if (this.#verifier.verify(hash, end, frame.signature)) return { outcome: 'held' }
    return this.#forkOrLie(core, frame)
  }

  /** A fork is proven only by a signature of the log's key over another tree; else the sender made it up. */
  async #forkOrLie(core: Hypercore, frame: Frame): Promise<Received> {
    const treeHash = await treeHashWith(core, frame.start, frame.blocks)
    const length = frame.start + frame.blocks.length
    if (!this.#verifier.verify(treeHash, length, frame.signature)) return { outcome: 'bad-signature' }
    return { outcome: 'forked', head: { logKey: this.key, length, treeHash, signature: frame.signature } }
  }

  #run<T>(work: (core: Hypercore, signatures: FrameSignatures) => Promise<T>): Promise<T> {
    const result = this.#queue.then(() => {
      if (!this.#core || !this.#signatures) throw new Error('The log did not open')
      return work(this.#core, this.#signatures)
    })
    this.#queue = result.catch(() => {})
    return result
  }
}

async function readUpTo(core: Hypercore, from: number, to: number, atLeast: number, bytes: number): Promise<Buffer[]> {
  const blocks: Buffer[] = []
  let size = 0
  while (from + blocks.length < to) {
    const start = from + blocks.length
    const more = await readBlocks(core, start, Math.min(to, start + READ_AHEAD))
    for (const block of more) {
      size += block.byteLength
      if (size > bytes && from + blocks.length >= atLeast) return blocks
      blocks.push(block)
    }
    if (more.length === 0) return blocks
  }
  return blocks
}

async function readBlocks(core: Hypercore, from: number, to: number): Promise<Buffer[]> {
  if (to <= from) return []
  const blocks = await storedBlocks(core, from, to)
  const missing = blocks.indexOf(null)
  return (missing === -1 ? blocks : blocks.slice(0, missing)) as Buffer[]
}

/** What one of several frames that were appended together brought. */
function partOf(merged: { readonly from: number }, frame: Frame): Received {
  const from = Math.max(merged.from, frame.start)
  const to = frame.start + frame.blocks.length
  return { outcome: 'appended', from, to, bytes: sizeOf(frame.blocks.slice(from - frame.start)) }
}

function sizeOf(blocks: readonly Buffer[]): number {
  return blocks.reduce((size, block) => size + block.byteLength, 0)
}

function hexOf(bytes: Buffer): string {
  return bytes.toString('hex')
}
