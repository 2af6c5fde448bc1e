/** Entries: what a log's blocks hold once they are opened (DESIGN §3). Unknown types and fields survive. */
import c from 'compact-encoding'
import { malformed, ProtocolError } from './errors.js'
import { CLIENT_ID_BYTES, type ClientId, LOG_PREFIX_BYTES } from './ids.js'
import { LIMITS } from './limits.js'
import { Reader } from './reader.js'
import { type Encoding, type Head as HeadFields, resolveStruct } from './schema/index.js'

/** Numbers on the wire; a number that is not here is a type of a later version: kept, and shown by nobody. */
export const ENTRY_TYPES = {
  hello: 1,
  text: 2,
  edit: 3,
  delete: 4,
  reaction: 5,
  attachment: 6,
  profile: 7,
  receipt: 8,
  room: 9,
  sealed: 10,
  revoke: 11,
  retire: 12,
  membership: 13,
  successor: 14,
  expiry: 15
} as const

export interface Head {
  /** First 8 bytes of the log key. */
  readonly log: Buffer
  readonly length: number
}

export interface Hello {
  readonly type: 'hello'
  readonly identityKey: Buffer
  readonly deviceKey: Buffer
  readonly deviceBoxKey: Buffer
  readonly certifiedAt: number
  readonly cert: Buffer
  readonly logSignature: Buffer
  readonly name: string
}

export interface RoomChange {
  readonly type: 'room'
  readonly name?: string
  readonly topic?: string
  readonly pin?: Buffer
  readonly unpin?: Buffer
}

export type Body =
  | Hello
  | RoomChange
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'profile'; readonly name: string }
  | { readonly type: 'receipt'; readonly read: readonly Head[] }
  | { readonly type: 'unknown'; readonly number: number; readonly bytes: Buffer }

export interface Entry {
  readonly clientId: ClientId
  readonly lamport: number
  /** Wall clock, integer ms since 1970 UTC; shown, never used for order. */
  readonly time: number
  readonly heads: readonly Head[]
  readonly body: Body
}

const structs = {
  entry: resolveStruct('@mangrove/entry'),
  hello: resolveStruct('@mangrove/hello'),
  text: resolveStruct('@mangrove/text'),
  profile: resolveStruct('@mangrove/profile'),
  receipt: resolveStruct('@mangrove/receipt'),
  room: resolveStruct('@mangrove/room'),
  positions: resolveStruct('@mangrove/positions')
}

export function encodeEntry(entry: Entry): Buffer {
  if (entry.heads.length > LIMITS.entryHeads) throw malformed('too many heads')
  const { number, bytes } = encodeBody(entry.body)
  return encode(structs.entry, {
    clientId: entry.clientId,
    lamport: entry.lamport,
    time: entry.time,
    type: number,
    body: bytes,
    heads: entry.heads.length ? [...entry.heads] : null
  })
}

/** Throws MALFORMED on anything that no version writes. */
export function decodeEntry(bytes: Uint8Array): Entry {
  checkEntryHeads(bytes)
  const fields = decode(structs.entry, bytes, 'entry')
  if (fields.clientId?.byteLength !== CLIENT_ID_BYTES) throw malformed('client id')
  if (!isSafe(fields.lamport) || !isSafe(fields.time)) throw malformed('entry times')
  return {
    clientId: fields.clientId,
    lamport: fields.lamport,
    time: fields.time,
    heads: decodeHeads(fields.heads),
    body: decodeBody(fields.type, fields.body ?? Buffer.alloc(0))
  }
}

/** What a signal says: how much of others' logs its device has, and whether it is about to go. */
export interface Positions {
  readonly received: readonly Head[]
  readonly away: boolean
}

export function encodePositions({ received, away }: Positions): Buffer {
  return encode(structs.positions, { received: received.length ? [...received] : null, away })
}

export function decodePositions(bytes: Uint8Array): Positions {
  checkHeads(new Reader(bytes))
  const { received, away } = decode(structs.positions, bytes, 'positions')
  return { received: decodeHeads(received), away }
}

function encodeBody(body: Body): { number: number; bytes: Buffer } {
  switch (body.type) {
    case 'hello':
      return { number: ENTRY_TYPES.hello, bytes: encode(structs.hello, { ...body, name: body.name || null }) }
    case 'text':
      return { number: ENTRY_TYPES.text, bytes: encode(structs.text, { text: body.text }) }
    case 'profile':
      return { number: ENTRY_TYPES.profile, bytes: encode(structs.profile, { name: body.name || null }) }
    case 'receipt':
      return {
        number: ENTRY_TYPES.receipt,
        bytes: encode(structs.receipt, { read: body.read.length ? [...body.read] : null })
      }
    case 'room':
      return { number: ENTRY_TYPES.room, bytes: encode(structs.room, roomFields(body)) }
    case 'unknown':
      return { number: body.number, bytes: body.bytes }
  }
}

function roomFields(body: RoomChange) {
  return { name: body.name ?? null, topic: body.topic ?? null, pin: body.pin ?? null, unpin: body.unpin ?? null }
}

function decodeBody(number: number, bytes: Buffer): Body {
  switch (number) {
    case ENTRY_TYPES.hello: {
      const hello = decode(structs.hello, bytes, 'hello')
      if (!isSafe(hello.certifiedAt)) throw malformed('hello time')
      return { type: 'hello', ...hello, name: boundedName(hello.name) }
    }
    case ENTRY_TYPES.text: {
      const { text } = decode(structs.text, bytes, 'text')
      if (Buffer.byteLength(text) > LIMITS.text) throw new ProtocolError('TOO_LARGE', 'text entry')
      return { type: 'text', text }
    }
    case ENTRY_TYPES.profile:
      return { type: 'profile', name: boundedName(decode(structs.profile, bytes, 'profile').name) }
    case ENTRY_TYPES.receipt:
      checkHeads(new Reader(bytes))
      return { type: 'receipt', read: decodeHeads(decode(structs.receipt, bytes, 'receipt').read) }
    case ENTRY_TYPES.room:
      return decodeRoom(bytes)
    default:
      return { type: 'unknown', number, bytes }
  }
}

function decodeRoom(bytes: Buffer): RoomChange {
  const fields = decode(structs.room, bytes, 'room')
  if (Buffer.byteLength(fields.name ?? '') > LIMITS.roomName) throw malformed('room name')
  if (Buffer.byteLength(fields.topic ?? '') > LIMITS.roomTopic) throw malformed('room topic')
  return {
    type: 'room',
    ...(fields.name !== null && { name: fields.name }),
    ...(fields.topic !== null && { topic: fields.topic }),
    ...(fields.pin !== null && { pin: fields.pin }),
    ...(fields.unpin !== null && { unpin: fields.unpin })
  }
}

function boundedName(name: string | null): string {
  if (Buffer.byteLength(name ?? '') > LIMITS.memberName) throw malformed('name')
  return name ?? ''
}

/** Heads stand behind client id, Lamport time, wall clock, type and body. */
function checkEntryHeads(bytes: Uint8Array): void {
  const reader = new Reader(bytes)
  reader.buffer(bytes.byteLength)
  for (let i = 0; i < 3; i++) reader.uint()
  reader.buffer(bytes.byteLength)
  checkHeads(reader)
}

/**
 * The generated decoder makes room for the rows that a list claims, up to 2^20 of them, before it reads the first: 8 MB
 * and 4 ms for an entry of 256 bytes. So the claim is looked at first; it stands behind the flags, of which it is bit 0.
 */
function checkHeads(reader: Reader): void {
  if ((reader.uint() & 1) !== 0 && reader.uint() > LIMITS.entryHeads) throw malformed('too many heads')
}

function decodeHeads(fields: HeadFields[] | null): Head[] {
  if (!fields) return []
  if (fields.length > LIMITS.entryHeads) throw malformed('too many heads')
  return fields.map(({ log, length }) => {
    if (log?.byteLength !== LOG_PREFIX_BYTES || !isSafe(length)) throw malformed('head')
    return { log, length }
  })
}

function encode<T>(encoding: Encoding<T>, value: T): Buffer {
  return c.encode(encoding, value) as Buffer
}

function decode<T>(encoding: Encoding<T>, bytes: Uint8Array, what: string): T {
  try {
    return encoding.decode({ start: 0, end: bytes.byteLength, buffer: bytes as Buffer })
  } catch {
    throw malformed(what)
  }
}

function isSafe(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}
