/** The rooms with what their rows show, the latest first. */
import { create } from 'zustand'
import type { RoomView } from '../../src-preload/contract/index.js'
import { call } from '../bridge.js'
import { Refresher } from '../lib/refresher.js'
import { reuse } from '../lib/reuse.js'

interface Rooms {
  rooms: RoomView[]
  loaded: boolean
}

export const useRooms = create<Rooms>(() => ({ rooms: [], loaded: false }))

/** A room without a message yet stands where its making puts it: first, until others have news. */
const seen = new Map<string, number>()

function activityOf(room: RoomView): number {
  if (room.lastMessage) return room.lastMessage.sentAt
  const first = seen.get(room.roomId) ?? Date.now()
  seen.set(room.roomId, first)
  return first
}

export function sortRooms(rooms: RoomView[]): RoomView[] {
  return [...rooms].sort((a, b) => activityOf(b) - activityOf(a) || a.roomId.localeCompare(b.roomId))
}

async function query(): Promise<void> {
  const { rooms } = await call('rooms.list', {})
  const before = useRooms.getState().rooms
  useRooms.setState({ rooms: reuse(before, sortRooms(rooms), (room) => room.roomId), loaded: true })
}

const refresher = new Refresher(query, 50)

export const refreshRooms = () => refresher.want()

export const useRoom = (roomId: string | null): RoomView | undefined =>
  useRooms(({ rooms }) => rooms.find((room) => room.roomId === roomId))

/** Resolves with the new room's id once the list has it. Throws BridgeError. */
export async function createRoom(name: string): Promise<string> {
  const { roomId } = await call('rooms.create', { name })
  await query()
  return roomId
}

export async function joinRoom(link: string): Promise<string> {
  const { roomId } = await call('rooms.join', { link })
  await query()
  return roomId
}

export async function leaveRoom(roomId: string): Promise<void> {
  await call('rooms.leave', { roomId })
  await query()
}
