/**
 * The messages of the rooms that were opened, oldest first. An event asks the newest page again, which shows news at
 * once; what lies further back is asked again with less haste, since states, names and order can change there too.
 */
import { create } from 'zustand'
import type { MessageView } from '../../src-preload/contract/index.js'
import { MAX_PAGE } from '../../src-preload/contract/limits.js'
import { call } from '../bridge.js'
import { mergePage } from '../lib/merge-page.js'
import { Refresher } from '../lib/refresher.js'
import { reuse } from '../lib/reuse.js'

const PAGE = 60
/** So much stays loaded while somebody reads at the bottom. */
const KEEP = 240
/** Further back nothing is asked again before it is scrolled to. */
const MAX_RELOAD = 2000

export interface Pending {
  key: number
  text: string
  sentAt: number
  /** Once it is saved. */
  messageId?: string
}

export interface RoomMessages {
  messages: MessageView[]
  /** For the page behind the oldest; null: that is the beginning. */
  older: string | null
  loaded: boolean
  /** Written here and not in the list yet. */
  pending: Pending[]
}

export const EMPTY: RoomMessages = { messages: [], older: null, loaded: false, pending: [] }

interface Messages {
  byRoom: Record<string, RoomMessages>
}

export const useMessages = create<Messages>(() => ({ byRoom: {} }))

export const useRoomMessages = (roomId: string): RoomMessages => useMessages(({ byRoom }) => byRoom[roomId] ?? EMPTY)

const stateOf = (roomId: string): RoomMessages => useMessages.getState().byRoom[roomId] ?? EMPTY

function update(roomId: string, change: Partial<RoomMessages>): void {
  useMessages.setState(({ byRoom }) => ({
    byRoom: { ...byRoom, [roomId]: { ...(byRoom[roomId] ?? EMPTY), ...change } }
  }))
}

const idOf = (message: MessageView): string => message.id

/** Takes over what the node answered; what was pending and is in it now is no longer. */
function put(roomId: string, messages: MessageView[], older: string | null): void {
  const before = stateOf(roomId)
  const next = reuse(before.messages, messages, idOf)
  const here = new Set(next.map(idOf))
  const pending = before.pending.filter(({ messageId }) => !messageId || !here.has(messageId))
  update(roomId, { messages: next, older, loaded: true, pending })
}

async function page(roomId: string, limit: number, before?: string) {
  const { messages, next } = await call('messages.page', { roomId, limit, ...(before && { before }) })
  return { messages: messages.reverse(), next: next ?? null }
}

/** The newest `count`, in as many pages as it takes. */
async function load(roomId: string, count: number): Promise<{ messages: MessageView[]; older: string | null }> {
  let messages: MessageView[] = []
  let older: string | null = null
  do {
    const part = await page(roomId, Math.min(MAX_PAGE, count - messages.length), older ?? undefined)
    messages = [...part.messages, ...messages]
    older = part.next
  } while (older && messages.length < count)
  return { messages, older }
}

async function refreshNewest(roomId: string): Promise<void> {
  const { messages, next } = await page(roomId, PAGE)
  const merged = mergePage(stateOf(roomId), { messages, older: next })
  if (merged) return put(roomId, merged.messages, merged.older)
  await reload(roomId, stateOf(roomId).messages.length + PAGE)
}

async function reload(roomId: string, count: number): Promise<void> {
  const loaded = await load(roomId, Math.min(count, MAX_RELOAD))
  const { messages, older } = mergePage(stateOf(roomId), loaded) ?? loaded
  put(roomId, messages, older)
}

/** Lets go of the far end; nobody is there. */
async function trim(roomId: string): Promise<void> {
  const { messages, older } = await load(roomId, KEEP)
  put(roomId, messages, older)
}

/** Rooms whose newest message is in view: there the far end may go. */
const atBottom = new Set<string>()

export function setAtBottom(roomId: string, is: boolean): void {
  if (is) atBottom.add(roomId)
  else atBottom.delete(roomId)
}

async function refreshFurther(roomId: string): Promise<void> {
  const { length } = stateOf(roomId).messages
  if (length > KEEP * 2 && atBottom.has(roomId)) await trim(roomId)
  else if (length > PAGE) await reload(roomId, length)
}

interface Refreshers {
  newest: Refresher
  further: Refresher
}

const refreshers = new Map<string, Refreshers>()

function refreshersOf(roomId: string): Refreshers {
  let found = refreshers.get(roomId)
  if (!found) {
    found = {
      newest: new Refresher(() => refreshNewest(roomId), 30),
      further: new Refresher(() => refreshFurther(roomId), 1500)
    }
    refreshers.set(roomId, found)
  }
  return found
}

/** Something changed there. Rooms that were never opened are not asked. */
export function messagesChanged(roomId: string): void {
  if (!(roomId in useMessages.getState().byRoom)) return
  refreshersOf(roomId).newest.want()
  refreshersOf(roomId).further.want()
}

/** Loads a room when it is opened; one that is here is asked again. */
export function openMessages(roomId: string): void {
  if (!(roomId in useMessages.getState().byRoom)) update(roomId, {})
  refreshersOf(roomId).newest.want()
}

export function refreshAllMessages(): void {
  for (const roomId of Object.keys(useMessages.getState().byRoom)) messagesChanged(roomId)
}

const loadingOlder = new Set<string>()

/** The page behind the oldest that is here. Never throws: scrolling on asks again. */
export async function loadOlder(roomId: string): Promise<void> {
  const { older, messages } = stateOf(roomId)
  if (!older || loadingOlder.has(roomId)) return
  loadingOlder.add(roomId)
  try {
    const part = await page(roomId, PAGE, older)
    if (stateOf(roomId).messages[0]?.id === messages[0]?.id) {
      put(roomId, [...part.messages, ...stateOf(roomId).messages], part.next)
    }
  } catch {
    // The connection says so itself.
  } finally {
    loadingOlder.delete(roomId)
  }
}

let nextKey = 1

/** Shows the text at once and resolves when it is saved. Throws BridgeError; then nothing of it stays in the list. */
export async function sendMessage(roomId: string, text: string): Promise<void> {
  const key = nextKey++
  update(roomId, { pending: [...stateOf(roomId).pending, { key, text, sentAt: Date.now() }] })
  try {
    const { messageId } = await call('messages.send', { roomId, text })
    setPending(roomId, (pending) => pending.map((one) => (one.key === key ? { ...one, messageId } : one)))
    refreshersOf(roomId).newest.want()
  } catch (error) {
    setPending(roomId, (pending) => pending.filter((one) => one.key !== key))
    throw error
  }
}

function setPending(roomId: string, change: (pending: Pending[]) => Pending[]): void {
  const { pending, messages } = stateOf(roomId)
  const here = new Set(messages.slice(-PAGE).map(idOf))
  update(roomId, { pending: change(pending).filter(({ messageId }) => !messageId || !here.has(messageId)) })
}

/** Marks everything up to the message as read on this device. */
export async function markRead(roomId: string, messageId: string): Promise<void> {
  await call('messages.read', { roomId, messageId })
}
