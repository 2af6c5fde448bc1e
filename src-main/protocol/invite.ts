/**
 * Invites: `mangrove://join/` and base64url of
 * version 1 ‖ kind 0 ‖ secret 32 ‖ creator 32 ‖ count ‖ keys 32 each ‖ name length ‖ name ‖ checksum 4.
 * Keys are Noise keys: pinned root peers first, the inviter's own last.
 */
import { equal, utf8Length } from './bytes.js'
import { hash } from './crypto.js'
import { ProtocolError } from './errors.js'
import type { IdentityKey, NoiseKey } from './ids.js'
import { LIMITS } from './limits.js'

const PREFIX = 'mangrove://join/'
const VERSION = 1
const KIND_WRITE = 0
const CHECKSUM_BYTES = 4
const FIXED_BYTES = 2 + 32 + 32 + 1

export interface Invite {
  readonly secret: Buffer
  readonly creator: IdentityKey
  readonly rootPeers: readonly NoiseKey[]
  readonly inviter: NoiseKey
  readonly name: string
}

/** The link; at most 320 characters. The name is cut to 32 bytes of UTF-8 at a character's end. */
export function encodeInvite(invite: Invite): string {
  const keys = [...invite.rootPeers.slice(0, LIMITS.inviteKeys - 1), invite.inviter]
  const name = Buffer.from(cutToBytes(invite.name, LIMITS.roomName))
  const body = Buffer.concat([
    Buffer.from([VERSION, KIND_WRITE]),
    invite.secret,
    invite.creator,
    Buffer.from([keys.length]),
    ...keys,
    Buffer.from([name.byteLength]),
    name
  ])
  return PREFIX + Buffer.concat([body, checksum(body)]).toString('base64url')
}

/** Throws INVITE_INVALID on anything that is not an invite, INVITE_NEWER on one of a later version or kind. */
export function decodeInvite(link: string): Invite {
  const bytes = decodeLink(link.trim())
  const body = bytes.subarray(0, -CHECKSUM_BYTES)
  if (bytes.byteLength <= CHECKSUM_BYTES + 2) throw invalid()
  if (!equal(checksum(body), bytes.subarray(-CHECKSUM_BYTES))) throw invalid()
  if ((body[0] ?? 0) > VERSION || (body[0] === VERSION && (body[1] ?? 0) > KIND_WRITE)) throw newer()
  if (body[0] !== VERSION || body.byteLength < FIXED_BYTES + 1) throw invalid()
  return decodeBody(body)
}

function decodeBody(body: Buffer): Invite {
  const count = body[FIXED_BYTES - 1] ?? 0
  if (count < 1 || count > LIMITS.inviteKeys) throw invalid()
  const nameAt = FIXED_BYTES + count * 32
  const nameLength = body[nameAt]
  if (nameLength === undefined || nameLength > LIMITS.roomName) throw invalid()
  if (body.byteLength !== nameAt + 1 + nameLength) throw invalid()
  const keys = Array.from({ length: count }, (_, i) => body.subarray(FIXED_BYTES + i * 32, FIXED_BYTES + (i + 1) * 32))
  return {
    secret: body.subarray(2, 34),
    creator: body.subarray(34, 66),
    rootPeers: keys.slice(0, -1),
    inviter: keys[count - 1] as NoiseKey,
    name: decodeName(body.subarray(nameAt + 1))
  }
}

function decodeName(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw invalid()
  }
}

function decodeLink(link: string): Buffer {
  if (link.length > LIMITS.inviteCharacters || !link.startsWith(PREFIX)) throw invalid()
  const text = link.slice(PREFIX.length)
  if (!/^[A-Za-z0-9_-]+$/.test(text)) throw invalid()
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) throw invalid()
  return bytes
}

function checksum(body: Uint8Array): Buffer {
  return hash([body]).subarray(0, CHECKSUM_BYTES)
}

/** The longest start of `text` that fits into `limit` bytes of UTF-8 without cutting a character. */
export function cutToBytes(text: string, limit: number): string {
  let out = ''
  let size = 0
  for (const character of text) {
    size += utf8Length(character)
    if (size > limit) break
    out += character
  }
  return out
}

function invalid(): ProtocolError {
  return new ProtocolError('INVITE_INVALID', 'This is not a whole invite. Ask for it again and paste all of it.')
}

function newer(): ProtocolError {
  return new ProtocolError('INVITE_NEWER', 'This invite was made by a newer Mangrove. Update to join this room.')
}
