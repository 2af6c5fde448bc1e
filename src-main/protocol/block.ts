/**
 * Sealed blocks: version 1 ‖ nonce 24 ‖ XChaCha20-Poly1305(contentKey, length u32le ‖ entry ‖ zeros,
 * AAD = roomId ‖ logKey ‖ sequence u64le). A whole block is 256 B, 1, 4, 16 or 64 KiB.
 */
import { uint64le } from './bytes.js'
import { decrypt, encrypt, MAC_BYTES, NONCE_BYTES, randomBytes } from './crypto.js'
import { malformed, ProtocolError } from './errors.js'
import type { LogKey, RoomId } from './ids.js'
import { LIMITS } from './limits.js'

const VERSION = 1
const OVERHEAD = 1 + NONCE_BYTES + MAC_BYTES
const LENGTH_BYTES = 4

export interface BlockPlace {
  readonly roomId: RoomId
  readonly logKey: LogKey
  readonly sequence: number
}

/** Seals an entry for one place in one log. `nonce` is random unless a test freezes it. Throws TOO_LARGE. */
export function sealBlock(entry: Uint8Array, place: BlockPlace, contentKey: Uint8Array, nonce?: Uint8Array): Buffer {
  const size = LIMITS.blockSizes.find((total) => total - OVERHEAD - LENGTH_BYTES >= entry.byteLength)
  if (size === undefined) throw new ProtocolError('TOO_LARGE', 'An entry of this size does not fit into a block.')
  const padded = Buffer.alloc(size - OVERHEAD)
  padded.writeUInt32LE(entry.byteLength)
  padded.set(entry, LENGTH_BYTES)
  const used = nonce ?? randomBytes(NONCE_BYTES)
  return Buffer.concat([Buffer.from([VERSION]), used, encrypt(padded, additionalData(place), used, contentKey)])
}

/** The entry's bytes. Throws MALFORMED when the block was not sealed for this place with this key. */
export function openBlock(block: Uint8Array, place: BlockPlace, contentKey: Uint8Array): Buffer {
  if (!(LIMITS.blockSizes as readonly number[]).includes(block.byteLength)) throw malformed('block size')
  if (block[0] !== VERSION) throw malformed('block version')
  const nonce = block.subarray(1, 1 + NONCE_BYTES)
  const padded = decrypt(block.subarray(1 + NONCE_BYTES), additionalData(place), nonce, contentKey)
  if (!padded) throw malformed('block seal')
  const length = padded.readUInt32LE(0)
  if (length > padded.byteLength - LENGTH_BYTES) throw malformed('block padding')
  return padded.subarray(LENGTH_BYTES, LENGTH_BYTES + length)
}

function additionalData(place: BlockPlace): Buffer {
  return Buffer.concat([place.roomId, place.logKey, uint64le(place.sequence)])
}
