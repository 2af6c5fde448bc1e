/** `messages.page`: newest first. What is saved but in no log yet comes before everything else. */
import type { MessageView } from '../../src-preload/contract/index.js'
import { decodeEntry } from '../protocol/entry.js'
import { type CommandContext, type OpenRoom, roomOf } from './context.js'
import { type Cursor, decodeCursor, encodeCursor } from './cursor.js'
import { MessageViews } from './views.js'

export interface Page {
  readonly messages: MessageView[]
  readonly next?: string
}

interface Row {
  readonly view: MessageView
  readonly cursor: Cursor
}

export function pageMessages(context: CommandContext, args: { roomId: string; before?: string; limit: number }): Page {
  return readPage(context, roomOf(context, args.roomId), args.before, args.limit)
}

export function readPage(context: CommandContext, room: OpenRoom, before: string | undefined, limit: number): Page {
  const cursor = before === undefined ? {} : decodeCursor(before)
  const views = new MessageViews(context, room)
  const waiting = waitingRows(context, room, views, cursor, limit + 1)
  const ownBelow = waiting.at(-1)?.cursor.ownBelow ?? cursor.ownBelow
  const rows = [...waiting, ...indexedRows(context, room, views, { ...cursor, ownBelow }, limit + 1)]
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const messages = page.map((row) => row.view)
  return rows.length > limit && last ? { messages, next: encodeCursor(last.cursor) } : { messages }
}

function waitingRows(
  context: CommandContext,
  room: OpenRoom,
  views: MessageViews,
  cursor: Cursor,
  limit: number
): Row[] {
  if (cursor.position) return []
  const rows: Row[] = []
  for (const row of context.store.outbox.waitingInRoom(room.row.room)) {
    if (cursor.outbox !== undefined && row.id >= cursor.outbox) continue
    const entry = decodeEntry(row.entry)
    const view = views.waiting(row, entry)
    if (view) rows.push({ view, cursor: { outbox: row.id, ownBelow: entry.lamport } })
    if (rows.length === limit) return rows
  }
  return rows
}

function indexedRows(
  context: CommandContext,
  room: OpenRoom,
  views: MessageViews,
  { position, ownBelow }: Cursor,
  limit: number
): Row[] {
  const rows = context.store.messages.page(room.row.room, position ?? null, limit, ownBelow ?? null)
  return rows.map((row) => ({
    view: views.message(row),
    cursor: { position: { lamport: row.lamport, logKey: row.logKey, sequence: row.sequence }, ownBelow }
  }))
}
