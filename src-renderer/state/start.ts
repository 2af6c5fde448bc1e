/** Wires events to the caches. Events say what changed; the caches query again. */
import { connect, on, onLink } from '../bridge.js'
import { refreshAccount, useAccountState } from './account.js'
import { refreshNetwork, setBridgeState } from './connection.js'
import { refreshMembers } from './members.js'
import { messagesChanged, refreshAllMessages } from './messages.js'
import { refreshRooms } from './rooms.js'
import { refreshRootPeers } from './root-peers.js'
import { openDialog, useView } from './view.js'

export function startState(): void {
  on('rooms.changed', ({ roomIds }) => roomsChanged(roomIds))
  on('messages.changed', ({ roomId }) => {
    messagesChanged(roomId)
    refreshRooms()
  })
  on('network.changed', () => {
    refreshNetwork()
    refreshRootPeers()
  })
  onLink((link) => openDialog({ kind: 'join', link }))
  // Another tab may have made the account, and with it the rooms.
  useAccountState.subscribe(({ state }) => state.status === 'ready' && refreshLists())
  connect((state) => {
    setBridgeState(state)
    if (state === 'open') refreshAll()
  })
}

/** A new connection knows nothing of what happened before it. */
function refreshAll(): void {
  void refreshAccount()
  refreshNetwork()
  refreshAllMessages()
  roomsChanged()
}

function roomsChanged(roomIds?: readonly string[]): void {
  if (useAccountState.getState().state.status !== 'ready') return void refreshAccount()
  refreshLists()
  const open = useView.getState().roomId
  if (open && (!roomIds || roomIds.includes(open))) refreshMembers(open)
}

function refreshLists(): void {
  refreshRooms()
  refreshRootPeers()
}
