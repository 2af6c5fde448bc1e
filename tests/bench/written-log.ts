/** A member's log, sealed, appended and signed before the clock starts: what is left to do is to push it. */
import type Corestore from 'corestore'
import { Account } from '../../src-main/account/account.js'
import { logKeyOf } from '../../src-main/log/hypercore-internals.js'
import { Log } from '../../src-main/log/log.js'
import { sealBlock } from '../../src-main/protocol/block.js'
import { randomBytes, signKeyPair } from '../../src-main/protocol/crypto.js'
import { type Body, encodeEntry } from '../../src-main/protocol/entry.js'
import type { LogKey } from '../../src-main/protocol/ids.js'
import type { RoomKeys } from '../../src-main/protocol/room-keys.js'
import { encodePush } from '../../src-main/protocol/room-messages.js'
import { createLogRecord, type RosterRecord } from '../../src-main/protocol/roster.js'

/** Texts of this many characters give blocks of 256 bytes. */
const TEXT = 120

export interface WrittenPush {
  /** The log's length after it. */
  readonly end: number
  readonly bytes: Buffer
}

export interface WrittenLog {
  readonly room: RoomKeys
  readonly key: LogKey
  readonly record: RosterRecord
  readonly pushes: readonly WrittenPush[]
}

export interface LogPlan {
  /** Of all, which log this is: the `of` logs of a room take turns in Lamport time. */
  readonly index: number
  readonly of: number
  /** The hello, which is appended alone, is one of them. */
  readonly entries: number
  readonly perAppend: number
}

export async function writeLog(store: Corestore, room: RoomKeys, plan: LogPlan): Promise<WrittenLog> {
  const keyPair = signKeyPair()
  const key = logKeyOf(keyPair.publicKey)
  const log = new Log(store, key, keyPair.publicKey)
  const bodies = writeBodies(room, key, plan)
  const blocks = bodies.map((body, sequence) => seal(room, key, sequence, body, plan))
  const pushes: WrittenPush[] = []
  for (let start = 0; start < blocks.length; ) {
    const end = start === 0 ? 1 : Math.min(start + plan.perAppend, blocks.length)
    const { frame } = await log.append(blocks.slice(start, end), keyPair)
    pushes.push({ end, bytes: encodePush({ ...frame, kind: 'push' }) })
    start = end
  }
  await log.close()
  return { room, key, record: createLogRecord(room.roomId, room.signing, key, keyPair), pushes }
}

/** The text of one entry, by which a reader finds it again. */
export function textOf(log: number, sequence: number): string {
  return `${log}/${sequence} `.padEnd(TEXT, 'mangrove ')
}

function writeBodies(room: RoomKeys, key: LogKey, { index, entries }: LogPlan): Body[] {
  const texts = Array.from({ length: entries - 1 }, (_, i): Body => ({ type: 'text', text: textOf(index, i + 1) }))
  return [newAccount(`Author ${index}`).hello(room.roomId, key), ...texts]
}

function seal(room: RoomKeys, logKey: LogKey, sequence: number, body: Body, { index, of }: LogPlan): Buffer {
  const lamport = sequence * of + index + 1
  const entry = encodeEntry({ clientId: randomBytes(16), lamport, time: Date.now(), heads: [], body })
  return sealBlock(entry, { roomId: room.roomId, logKey, sequence }, room.contentKey)
}

function newAccount(name: string): Account {
  const secrets = new Map<string, Buffer>()
  const vault = {
    secret: (key: string) => secrets.get(key) ?? null,
    setSecret: (key: string, value: Buffer) => void secrets.set(key, value),
    durable: (work: () => void) => work()
  }
  return Account.create(vault, name, Date.now())
}
