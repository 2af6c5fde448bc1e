/** Reads and writes our wire formats with every length checked before anything is allocated. */
import c from 'compact-encoding'
import { malformed } from './errors.js'

export class Reader {
  readonly #state: { start: number; end: number; buffer: Buffer }

  constructor(bytes: Uint8Array) {
    this.#state = {
      start: 0,
      end: bytes.byteLength,
      buffer: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    }
  }

  get left(): number {
    return this.#state.end - this.#state.start
  }

  uint8(): number {
    return this.fixed(1)[0] as number
  }

  /** A safe, non-negative integer in compact-encoding's variable form. */
  uint(max = Number.MAX_SAFE_INTEGER): number {
    const value = this.#decode(() => c.uint.decode(this.#state))
    if (!Number.isSafeInteger(value) || value < 0 || value > max) throw malformed('integer out of range')
    return value
  }

  fixed(length: number): Buffer {
    if (this.left < length) throw malformed('frame ends early')
    const start = this.#state.start
    this.#state.start += length
    return this.#state.buffer.subarray(start, start + length)
  }

  key(): Buffer {
    return this.fixed(32)
  }

  buffer(max: number): Buffer {
    return this.fixed(this.uint(max))
  }

  array<T>(max: number, read: () => T): T[] {
    const length = this.uint(max)
    if (length > this.left) throw malformed('array longer than its frame')
    return Array.from({ length }, read)
  }

  #decode<T>(read: () => T): T {
    try {
      return read()
    } catch {
      throw malformed('frame ends early')
    }
  }
}

/** Parts of a frame, written one after the other. */
export class Writer {
  readonly #parts: Uint8Array[] = []

  uint8(value: number): this {
    return this.fixed(Buffer.from([value]))
  }

  uint(value: number): this {
    return this.fixed(c.encode(c.uint, value))
  }

  fixed(bytes: Uint8Array): this {
    this.#parts.push(bytes)
    return this
  }

  buffer(bytes: Uint8Array): this {
    return this.uint(bytes.byteLength).fixed(bytes)
  }

  array<T>(rows: readonly T[], write: (row: T) => void): this {
    this.uint(rows.length)
    for (const row of rows) write(row)
    return this
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts)
  }
}
