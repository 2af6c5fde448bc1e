/** The map from contract names to the file of each verb. */
import type { CommandArgs, CommandName, CommandResult } from '../../src-preload/contract/index.js'
import { addRootPeer } from './add-root-peer.js'
import type { CommandContext } from './context.js'
import { createAccount } from './create-account.js'
import { createInvite } from './create-invite.js'
import { createRoom } from './create-room.js'
import { getAccount } from './get-account.js'
import { getNetworkStatus } from './get-network-status.js'
import { joinRoom } from './join-room.js'
import { leaveRoom } from './leave-room.js'
import { listMembers } from './list-members.js'
import { listRooms } from './list-rooms.js'
import { listRootPeers } from './list-root-peers.js'
import { pageMessages } from './page-messages.js'
import { previewInvite } from './preview-invite.js'
import { readMessages } from './read-messages.js'
import { sendMessage } from './send-message.js'

export type CommandHandlers = {
  [Name in CommandName]: (args: CommandArgs<Name>) => Promise<CommandResult<Name>> | CommandResult<Name>
}

export function commandHandlers(context: CommandContext): CommandHandlers {
  return {
    'account.create': (args) => createAccount(context, args),
    'account.get': () => getAccount(context),
    'rooms.create': (args) => createRoom(context, args),
    'rooms.list': () => listRooms(context),
    'rooms.members': (args) => listMembers(context, args),
    'rooms.preview': (args) => previewInvite(context, args),
    'rooms.join': (args) => joinRoom(context, args),
    'rooms.invite': (args) => createInvite(context, args),
    'rooms.leave': (args) => leaveRoom(context, args),
    'messages.send': (args) => sendMessage(context, args),
    'messages.page': (args) => pageMessages(context, args),
    'messages.read': (args) => readMessages(context, args),
    'rootPeers.add': (args) => addRootPeer(context, args),
    'rootPeers.list': () => listRootPeers(context),
    'network.status': () => getNetworkStatus(context)
  }
}
