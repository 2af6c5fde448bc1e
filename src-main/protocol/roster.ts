/**
 * Roster records, in clear for blind replicas: which logs a room has. A record is signed by the room key (only who
 * knows the secret can add one) and by the log's own key (nobody can add another's log without it).
 */
import { uint64le } from './bytes.js'
import { type KeyPair, sign, verify } from './crypto.js'
import { malformed } from './errors.js'
import type { LogKey, RoomId } from './ids.js'
import { Reader, Writer } from './reader.js'

const VERSION = 1
const KIND_LOG = 0
const KIND_RETIRED = 1

export interface LogRecord {
  readonly kind: 'log'
  readonly logKey: LogKey
  readonly signerPublicKey: Buffer
  readonly flags: number
  readonly roomSignature: Buffer
  readonly logSignature: Buffer
}

export interface RetiredRecord {
  readonly kind: 'retired'
  readonly logKey: LogKey
  readonly signerPublicKey: Buffer
  readonly finalLength: number
  readonly logSignature: Buffer
}

export type RosterRecord = LogRecord | RetiredRecord

export function createLogRecord(roomId: RoomId, room: KeyPair, logKey: LogKey, log: KeyPair): LogRecord {
  const fields = logFields(logKey, log.publicKey, 0)
  const roomSignature = sign('roster-room', [roomId, fields], room.secretKey)
  const logSignature = sign('roster-log', [roomId, fields, roomSignature], log.secretKey)
  return { kind: 'log', logKey, signerPublicKey: log.publicKey, flags: 0, roomSignature, logSignature }
}

export function createRetiredRecord(roomId: RoomId, logKey: LogKey, finalLength: number, log: KeyPair): RetiredRecord {
  const logSignature = sign('retired', [roomId, logKey, uint64le(finalLength)], log.secretKey)
  return { kind: 'retired', logKey, signerPublicKey: log.publicKey, finalLength, logSignature }
}

/** True if the record's signatures hold. That `logKey` belongs to `signerPublicKey` is for log/ to check. */
export function verifyRosterRecord(roomId: RoomId, record: RosterRecord): boolean {
  if (record.kind === 'retired') {
    const parts = [roomId, record.logKey, uint64le(record.finalLength)]
    return verify('retired', parts, record.logSignature, record.signerPublicKey)
  }
  const fields = logFields(record.logKey, record.signerPublicKey, record.flags)
  if (!verify('roster-room', [roomId, fields], record.roomSignature, roomId)) return false
  return verify('roster-log', [roomId, fields, record.roomSignature], record.logSignature, record.signerPublicKey)
}

export function encodeRosterRecord(record: RosterRecord): Buffer {
  const writer = new Writer()
  if (record.kind === 'log') {
    return writer
      .fixed(logFields(record.logKey, record.signerPublicKey, record.flags))
      .fixed(record.roomSignature)
      .fixed(record.logSignature)
      .bytes()
  }
  return writer
    .uint8(VERSION)
    .uint8(KIND_RETIRED)
    .fixed(record.logKey)
    .fixed(record.signerPublicKey)
    .fixed(uint64le(record.finalLength))
    .fixed(record.logSignature)
    .bytes()
}

/** Throws MALFORMED. Records of later versions or kinds are null: kept out, not an error. */
export function decodeRosterRecord(bytes: Uint8Array): RosterRecord | null {
  const reader = new Reader(bytes)
  const version = reader.uint8()
  const kind = reader.uint8()
  if (version !== VERSION || kind > KIND_RETIRED) return null
  const logKey = reader.key()
  const signerPublicKey = reader.key()
  if (kind === KIND_LOG) {
    const flags = reader.uint8()
    const roomSignature = reader.fixed(64)
    return { kind: 'log', logKey, signerPublicKey, flags, roomSignature, logSignature: reader.fixed(64) }
  }
  const finalLength = Number(reader.fixed(8).readBigUInt64LE())
  if (!Number.isSafeInteger(finalLength)) throw malformed('final length')
  return { kind: 'retired', logKey, signerPublicKey, finalLength, logSignature: reader.fixed(64) }
}

function logFields(logKey: LogKey, signerPublicKey: Buffer, flags: number): Buffer {
  return new Writer().uint8(VERSION).uint8(KIND_LOG).fixed(logKey).fixed(signerPublicKey).uint8(flags).bytes()
}
