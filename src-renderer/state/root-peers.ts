/** Every root peer that I added or that others pinned in a room of mine. */
import { create } from 'zustand'
import type { RootPeerView } from '../../src-preload/contract/index.js'
import { call } from '../bridge.js'
import { Refresher } from '../lib/refresher.js'

export const useRootPeers = create<{ rootPeers: RootPeerView[] }>(() => ({ rootPeers: [] }))

const refresher = new Refresher(async () => useRootPeers.setState(await call('rootPeers.list', {})), 200)

export const refreshRootPeers = () => refresher.want()

/** Without `roomId`: for all my rooms, now and later. Throws BridgeError. */
export async function addRootPeer(key: string, roomId?: string): Promise<void> {
  await call('rootPeers.add', roomId ? { key, roomId } : { key })
  refreshRootPeers()
}
