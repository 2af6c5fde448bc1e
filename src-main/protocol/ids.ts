/** Branded keys and ids, and their text form outside of the wire: z-base-32 (hex accepted for 32-byte keys). */
import idEncoding from 'hypercore-id-encoding'
import z32 from 'z32'
import { hex } from './bytes.js'
import { hash, kdf } from './crypto.js'
import { malformed, ProtocolError } from './errors.js'

type Bytes<Name extends string> = Buffer & { readonly __brand?: Name }

export type RoomId = Bytes<'RoomId'>
export type LogKey = Bytes<'LogKey'>
export type IdentityKey = Bytes<'IdentityKey'>
export type NoiseKey = Bytes<'NoiseKey'>
export type MessageId = Bytes<'MessageId'>
export type ClientId = Bytes<'ClientId'>

export const CLIENT_ID_BYTES = 16
export const MESSAGE_ID_BYTES = 16
export const LOG_PREFIX_BYTES = 8

/** 52 characters of z-base-32. */
export function encodeKey(key: Uint8Array): string {
  return idEncoding.encode(key)
}

/** From z-base-32 or hex; throws BAD_ARGUMENT on anything else, also on z-base-32 with stray bits at its end. */
export function decodeKey(text: string): Buffer {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex')
  const bytes = /^[ybndrfg8ejkmcpqxot1uwisza345h769]{52}$/.test(text) ? Buffer.from(z32.decode(text)) : null
  if (!bytes || z32.encode(bytes) !== text) {
    throw new ProtocolError('BAD_ARGUMENT', 'A key is 52 characters of z-base-32 or 64 of hex.')
  }
  return bytes
}

export function encodeMessageId(id: Uint8Array): string {
  return z32.encode(id)
}

export function decodeMessageId(text: string): MessageId {
  const bytes = /^[ybndrfg8ejkmcpqxot1uwisza345h769]{26}$/.test(text) ? Buffer.from(z32.decode(text)) : null
  if (!bytes || bytes.byteLength !== MESSAGE_ID_BYTES || z32.encode(bytes) !== text) {
    throw new ProtocolError('BAD_ARGUMENT', 'A message id is 26 characters of z-base-32.')
  }
  return bytes
}

/** First 16 bytes of BLAKE2b-256('mangrove/message' ‖ identityKey ‖ clientId). */
export function messageId(identityKey: IdentityKey, clientId: ClientId): MessageId {
  if (identityKey.byteLength !== 32 || clientId.byteLength !== CLIENT_ID_BYTES) throw malformed('message id parts')
  return hash([Buffer.from('mangrove/message'), identityKey, clientId]).subarray(0, MESSAGE_ID_BYTES)
}

/** How a room is named in logs, metrics and a root peer's lists: 16 hex digits that are no capability. */
export function roomHandle(roomId: RoomId): string {
  return hex(kdf(roomId, 'mangrove/handle').subarray(0, 8))
}

export function logPrefix(logKey: LogKey): Buffer {
  return logKey.subarray(0, LOG_PREFIX_BYTES)
}
