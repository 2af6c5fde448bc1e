/** The people of the rooms that were opened. */
import { create } from 'zustand'
import type { MemberView } from '../../src-preload/contract/index.js'
import { call } from '../bridge.js'
import { Refresher } from '../lib/refresher.js'
import { reuse } from '../lib/reuse.js'

export const useMembers = create<{ byRoom: Record<string, MemberView[]> }>(() => ({ byRoom: {} }))

const refreshers = new Map<string, Refresher>()
const NONE: MemberView[] = []

/** Asks for the people of a room. */
export function refreshMembers(roomId: string): void {
  let refresher = refreshers.get(roomId)
  if (!refresher) {
    refresher = new Refresher(() => query(roomId), 200)
    refreshers.set(roomId, refresher)
  }
  refresher.want()
}

async function query(roomId: string): Promise<void> {
  const { members } = await call('rooms.members', { roomId })
  useMembers.setState(({ byRoom }) => ({
    byRoom: { ...byRoom, [roomId]: reuse(byRoom[roomId] ?? NONE, members, (member) => member.id) }
  }))
}

export const useMembersOf = (roomId: string): MemberView[] => useMembers(({ byRoom }) => byRoom[roomId] ?? NONE)
