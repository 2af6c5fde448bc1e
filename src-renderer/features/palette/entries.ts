/** What the palette offers: the rooms, and what can be done here. Nothing that does not exist. */
import type { RoomView } from '../../../src-preload/contract/index.js'
import { openDialog, openRoom, toggleDetails } from '../../state/view.js'
import { t as invites } from '../invites/strings.js'
import { roomTitle } from '../rooms/room-title.js'
import { t as rooms } from '../rooms/strings.js'
import { t as rootPeers } from '../root-peers/strings.js'
import { t } from './strings.js'

export type ActionIcon = 'start' | 'join' | 'invite' | 'root' | 'details' | 'leave'

export type Entry =
  | { kind: 'room'; id: string; title: string; room: RoomView; run(): void }
  | { kind: 'action'; id: string; title: string; icon: ActionIcon; run(): void }

export function entriesFor(all: readonly RoomView[], open: RoomView | undefined, query: string): Entry[] {
  return [...all.map(roomEntry), ...actions(open)].filter(({ title }) => matches(title, query))
}

function roomEntry(room: RoomView): Entry {
  return { kind: 'room', id: room.roomId, title: roomTitle(room), room, run: () => openRoom(room.roomId) }
}

function action(icon: ActionIcon, title: string, run: () => void): Entry {
  return { kind: 'action', id: icon, title, icon, run }
}

function actions(open: RoomView | undefined): Entry[] {
  const roomId = open?.roomId ?? null
  const always = [
    action('start', rooms.start, () => openDialog({ kind: 'create-room' })),
    action('join', invites.join, () => openDialog({ kind: 'join', link: '' })),
    action('root', rootPeers.add, () => openDialog({ kind: 'add-root-peer', roomId }))
  ]
  if (!open) return always
  return [
    action('invite', t.inviteTo(roomTitle(open)), () => openDialog({ kind: 'invite', roomId: open.roomId })),
    ...always,
    action('details', t.details, toggleDetails),
    action('leave', t.leave(roomTitle(open)), () => openDialog({ kind: 'leave', roomId: open.roomId }))
  ]
}

/** Every word of the query begins a word of the title; accents and case do not matter. */
export function matches(title: string, query: string): boolean {
  const words = plain(title).split(/[\s\-_.]+/u)
  return plain(query)
    .split(/\s+/u)
    .every((part) => words.some((word) => word.startsWith(part)) || plain(title).includes(part))
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim()
}
