/** `messages.page`: newest first. What is saved but in no log yet comes before everything else. */
import type { MessageView } from '../../src-preload/contract/index.js'
import { MangroveError } from '../lib/errors.js'
import type { Position } from '../store/messages-table.js'
import { type CommandContext, type OpenRoom, roomOf } from './context.js'
import { MessageViews } from './views.js'

export interface Page {
  readonly messages: MessageView[]
  readonly next?: string
}

/** Where a page goes on: behind an outbox row, or behind a position in the index. */
type Cursor = { readonly outbox: number } | { readonly position: Position }

export function pageMessages(context: CommandContext, args: { roomId: string; before?: string; limit: number }): Page {
  return readPage(context, roomOf(context, args.roomId), args.before, args.limit)
}

export function readPage(context: CommandContext, room: OpenRoom, before: string | undefined, limit: number): Page {
  const cursor = before === undefined ? null : decodeCursor(before)
  const rows = [...waitingRows(context, room, cursor), ...indexedRows(context, room, cursor, limit + 1)]
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const messages = page.map((row) => row.view)
  return rows.length > limit && last ? { messages, next: encodeCursor(last.cursor) } : { messages }
}

interface Row {
  readonly view: MessageView
  readonly cursor: Cursor
}

function waitingRows(context: CommandContext, room: OpenRoom, cursor: Cursor | null): Row[] {
  if (cursor && 'position' in cursor) return []
  const views = new MessageViews(context, room)
  const rows: Row[] = []
  for (const row of context.store.outbox.waitingInRoom(room.row.room)) {
    const view = cursor && row.id >= cursor.outbox ? null : views.waiting(row)
    if (view) rows.push({ view, cursor: { outbox: row.id } })
  }
  return rows
}

function indexedRows(context: CommandContext, room: OpenRoom, cursor: Cursor | null, limit: number): Row[] {
  const views = new MessageViews(context, room)
  const before = cursor && 'position' in cursor ? cursor.position : null
  const rows = context.store.messages.page(room.row.room, before, limit)
  return rows.map((row) => ({
    view: views.message(row),
    cursor: { position: { lamport: row.lamport, logKey: row.logKey, sequence: row.sequence } }
  }))
}

function encodeCursor(cursor: Cursor): string {
  if ('outbox' in cursor) return `o.${cursor.outbox}`
  const { lamport, sequence, logKey } = cursor.position
  return `m.${lamport}.${sequence}.${logKey.toString('hex')}`
}

/** Throws BAD_ARGUMENT. */
function decodeCursor(text: string): Cursor {
  const outbox = /^o\.(\d{1,15})$/.exec(text)
  if (outbox) return { outbox: Number(outbox[1]) }
  const position = /^m\.(\d{1,16})\.(\d{1,15})\.([0-9a-f]{64})$/.exec(text)
  if (!position) throw new MangroveError('BAD_ARGUMENT', '`before` is not what a page returned as `next`.')
  const [, lamport, sequence, logKey] = position
  return {
    position: { lamport: Number(lamport), sequence: Number(sequence), logKey: Buffer.from(logKey as string, 'hex') }
  }
}
