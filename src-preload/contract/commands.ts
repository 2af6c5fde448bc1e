/** Every command with its arguments and its result. Names and shapes are fixed once released. */
import { z } from 'zod'
import {
  accountName,
  cursor,
  inviteLink,
  key,
  keyArgument,
  messageId,
  messageText,
  pageLimit,
  roomName
} from './fields.js'
import { account, invitePreview, member, message, networkStatus, room, rootPeer } from './views.js'

/** A command without a result answers null. */
const nothing = z.null()
const noArgs = z.object({})

export const commands = {
  'account.create': { args: z.object({ name: accountName }), result: account },
  'account.get': { args: noArgs, result: account },

  'rooms.create': { args: z.object({ name: roomName }), result: z.object({ roomId: key }) },
  'rooms.list': { args: noArgs, result: z.object({ rooms: z.array(room) }) },
  /** What a link would join; touches neither disk nor network. */
  'rooms.preview': { args: z.object({ link: inviteLink }), result: invitePreview },
  'rooms.join': { args: z.object({ link: inviteLink }), result: z.object({ roomId: key }) },
  /** The people of a room: oneself first, then who is here, then by name. */
  'rooms.members': { args: z.object({ roomId: keyArgument }), result: z.object({ members: z.array(member) }) },
  'rooms.invite': { args: z.object({ roomId: keyArgument }), result: z.object({ link: z.string() }) },
  'rooms.leave': { args: z.object({ roomId: keyArgument }), result: nothing },

  'messages.send': {
    args: z.object({ roomId: keyArgument, text: messageText }),
    result: z.object({ messageId })
  },
  /** Newest first. `next` goes into `before` for the page behind; without it there is none. */
  'messages.page': {
    args: z.object({ roomId: keyArgument, before: cursor.optional(), limit: pageLimit }),
    result: z.object({ messages: z.array(message), next: cursor.optional() })
  },
  /** Marks everything up to and including the message as read. */
  'messages.read': { args: z.object({ roomId: keyArgument, messageId }), result: nothing },

  /** With roomId: asks it to keep that room; without: all my rooms, now and later. */
  'rootPeers.add': { args: z.object({ key: keyArgument, roomId: keyArgument.optional() }), result: nothing },
  'rootPeers.list': { args: noArgs, result: z.object({ rootPeers: z.array(rootPeer) }) },

  'network.status': { args: noArgs, result: networkStatus }
} as const
