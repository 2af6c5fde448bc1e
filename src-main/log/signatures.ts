/**
 * Signatures of frame ends: a pull is answered with frames that end where one is known. Kept in the log's own user
 * data, each under its own key, so often that no answer grows beyond its bounds (DESIGN §4.6).
 */
import type Hypercore from 'hypercore'
import { LIMITS } from '../protocol/limits.js'

const PREFIX = 'mangrove/signature/'
const END = 'mangrove/signature0'

export class FrameSignatures {
  readonly #core: Hypercore
  /** Ends, ascending. */
  #ends: number[] = []
  readonly #signatures = new Map<number, Buffer>()
  #bytesSinceKept = 0

  constructor(core: Hypercore) {
    this.#core = core
  }

  async load(): Promise<void> {
    const stream = this.#core.state.storage.createUserDataStream({ gte: PREFIX, lt: END })
    for await (const { key, value } of stream) {
      this.#put(Number(key.slice(PREFIX.length)), value)
    }
  }

  /** To be asked before frames up to `end` are appended: keeps the present head if the gap would grow too wide. */
  async beforeAppend(end: number, bytes: number): Promise<void> {
    const length = this.#core.length
    this.#bytesSinceKept += bytes
    const last = this.#ends.at(-1) ?? 0
    const first = length === 1
    const wide = end - last > LIMITS.signatureEveryEntries || this.#bytesSinceKept > LIMITS.signatureEveryBytes
    if (length === 0 || length === last || !(first || wide)) return
    const signature = this.#core.state.signature
    if (!signature) return
    await this.#core.setUserData(PREFIX + String(length).padStart(16, '0'), signature)
    this.#put(length, Buffer.from(signature))
    this.#bytesSinceKept = bytes
  }

  /** The signature of the tree at `end`, if it was kept. */
  at(end: number): Buffer | null {
    return this.#signatures.get(end) ?? null
  }

  /** Ends with a known signature above `from` and at most `most` behind it, ascending; `length` is the last of all. */
  endsBehind(from: number, most: number, length: number): number[] {
    const ends = this.#ends.filter((end) => end > from && end <= from + most && end < length)
    if (length > from && length <= from + most) ends.push(length)
    return ends
  }

  #put(end: number, signature: Buffer): void {
    if (!this.#signatures.has(end)) this.#ends.push(end)
    this.#signatures.set(end, signature)
  }
}
