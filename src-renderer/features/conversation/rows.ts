/** What the list shows, line by line: messages grouped by author and day, with the days and the "new" line between. */
import type { AuthorView, MessageView } from '../../../src-preload/contract/index.js'
import { dayOf } from '../../lib/time.js'
import type { Pending } from '../../state/messages.js'

/** After such a pause the author is named again, so that no time is further away than this. */
const GROUP_MS = 15 * 60_000

export type Row =
  | { kind: 'start'; key: string }
  | { kind: 'day'; key: string; time: number }
  | { kind: 'new'; key: string; count: number }
  | { kind: 'message'; key: string; message: MessageView; head: boolean }
  | { kind: 'end'; key: string }

/** `first`: the oldest message that was not seen; `last`: the newest when it was. */
export interface Unseen {
  first: string
  last: string | null
}

export interface RowSource {
  messages: readonly MessageView[]
  pending: readonly Pending[]
  me: AuthorView
  roomId: string
  /** Nothing lies behind the oldest. */
  complete: boolean
  unseen: Unseen | null
}

export function buildRows({ messages, pending, me, roomId, complete, unseen }: RowSource): Row[] {
  const rows: Row[] = []
  if (complete) rows.push({ kind: 'start', key: 'start' })
  let before: MessageView | null = null
  const all = [...messages, ...pending.map((one) => pendingMessage(one, me, roomId))]
  for (const message of all) {
    const newDay = !before || dayOf(before.sentAt) !== dayOf(message.sentAt)
    const isFirstNew = unseen?.first === message.id
    if (newDay) rows.push({ kind: 'day', key: `day-${message.id}`, time: message.sentAt })
    if (isFirstNew) rows.push({ kind: 'new', key: 'new', count: countUnseen(messages, unseen, me.id) })
    const head = newDay || isFirstNew || !before || !isGrouped(before, message)
    rows.push({ kind: 'message', key: message.id, message, head })
    before = message
  }
  rows.push({ kind: 'end', key: 'end' })
  return rows
}

function isGrouped(before: MessageView, message: MessageView): boolean {
  return before.author.id === message.author.id && Math.abs(message.sentAt - before.sentAt) < GROUP_MS
}

/** A message that is not saved yet has no state. */
function pendingMessage({ key, messageId, text, sentAt }: Pending, me: AuthorView, roomId: string): MessageView {
  const shown = { id: messageId ?? `pending-${key}`, roomId, author: me, text, sentAt }
  return messageId ? { ...shown, state: 'saved' } : shown
}

function countUnseen(messages: readonly MessageView[], { first, last }: Unseen, me: string): number {
  const from = messages.findIndex(({ id }) => id === first)
  const to = last ? messages.findLastIndex(({ id }) => id === last) : -1
  const range = messages.slice(from, to < 0 ? undefined : to + 1)
  return range.filter(({ author }) => author.id !== me).length
}

/** The oldest of the newest `count` messages of others; null where it is not loaded. */
export function firstUnread(messages: readonly MessageView[], count: number, me: string): string | null {
  let left = count
  for (let index = messages.length - 1; index >= 0 && left > 0; index--) {
    const message = messages[index]
    if (message && message.author.id !== me && --left === 0) return message.id
  }
  return null
}

/** The others' messages that came after the one given. */
export function othersAfter(messages: readonly MessageView[], id: string | null, me: string): MessageView[] {
  const at = id ? messages.findLastIndex((message) => message.id === id) : -1
  return at < 0 ? [] : messages.slice(at + 1).filter(({ author }) => author.id !== me)
}
