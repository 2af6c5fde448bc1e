/** Fixed little-endian encodings and comparisons shared by everything that signs or keys. */
import b4a from 'b4a'

/** An unsigned 64-bit little-endian integer, 8 bytes; `value` is a safe integer >= 0. */
export function uint64le(value: number): Buffer {
  const out = Buffer.alloc(8)
  out.writeBigUInt64LE(BigInt(value))
  return out
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return b4a.equals(a, b)
}

export function compare(a: Uint8Array, b: Uint8Array): number {
  return b4a.compare(a, b)
}

export function hex(bytes: Uint8Array): string {
  return b4a.toString(bytes, 'hex')
}

export function utf8Length(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}
