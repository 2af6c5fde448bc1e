/**
 * The writer logs of a room: records are kept where the replica's owner says, valid ones only, and no more than a
 * replica has room for. Owns the `Log` of each record.
 */
import { hex } from '../protocol/bytes.js'
import type { LogKey, RoomId } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { RosterPort } from '../protocol/ports.js'
import { decodeRosterRecord, encodeRosterRecord, type RosterRecord, verifyRosterRecord } from '../protocol/roster.js'
import { isLogOf } from './hypercore-internals.js'
import type { Log } from './log.js'

export class Roster {
  /** By log key in hex. */
  readonly logs = new Map<string, Log>()

  readonly #roomId: RoomId
  readonly #port: RosterPort
  readonly #openLog: (logKey: LogKey, signerPublicKey: Buffer) => Log
  readonly #records = new Map<string, RosterRecord>()

  constructor(roomId: RoomId, port: RosterPort, openLog: (logKey: LogKey, signerPublicKey: Buffer) => Log) {
    this.#roomId = roomId
    this.#port = port
    this.#openLog = openLog
  }

  /** Takes up what is kept already. */
  load(): void {
    for (const bytes of this.#port.load(this.#roomId)) {
      const record = decodeRosterRecord(bytes)
      if (record) this.#keep(record)
    }
  }

  get records(): RosterRecord[] {
    return [...this.#records.values()]
  }

  /** Retired logs free their place. */
  get isFull(): boolean {
    return [...this.logs.values()].filter((log) => !log.isRetired).length >= LIMITS.logsPerRoom
  }

  has(record: RosterRecord): boolean {
    return this.#records.has(recordKey(record))
  }

  /** True if room and log signed it, and the log is its signer's. */
  isValid(record: RosterRecord): boolean {
    return isLogOf(record.logKey, record.signerPublicKey) && verifyRosterRecord(this.#roomId, record)
  }

  /** Keeps another's valid record if there is room for it; only logs of the roster retire. False if it was not kept. */
  take(record: RosterRecord): boolean {
    const fits = record.kind === 'retired' ? this.logs.has(hex(record.logKey)) : !this.isFull
    if (fits) this.save(record)
    return fits
  }

  save(record: RosterRecord): void {
    const encoded = encodeRosterRecord(record)
    this.#port.save(this.#roomId, Buffer.from(record.logKey), record.kind, encoded)
    // Read again from our own bytes: the record may lie in a network buffer.
    const kept = decodeRosterRecord(encoded)
    if (kept) this.#keep(kept)
  }

  #keep(record: RosterRecord): void {
    const key = hex(record.logKey)
    this.#records.set(recordKey(record), record)
    if (record.kind === 'log' && !this.logs.has(key)) {
      this.logs.set(key, this.#openLog(record.logKey, record.signerPublicKey))
    }
    const log = this.logs.get(key)
    const retired = this.#records.get(`retired:${key}`)
    if (log && retired?.kind === 'retired') log.finalLength = retired.finalLength
  }
}

function recordKey(record: RosterRecord): string {
  return `${record.kind}:${hex(record.logKey)}`
}
