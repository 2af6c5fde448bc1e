/** What the node shows of itself. Views are data: text, ids and counts, never keys that open anything. */
import { z } from 'zod'
import { count, key, messageId, time } from './fields.js'

export const account = z.object({ id: key, name: z.string() })

/** `author.name` is '' until the author's hello was read. */
export const author = z.object({ id: key, name: z.string() })

/** `saved`: on this disk; `stored`: a pinned root peer has it; `received`: another member's device has it. */
export const messageState = z.enum(['saved', 'stored', 'received'])

/** `state` is there on own messages only. */
export const message = z.object({
  id: messageId,
  roomId: key,
  author,
  text: z.string(),
  sentAt: time,
  state: messageState.optional()
})

export const rootPeerState = z.enum(['connecting', 'connected', 'refused', 'unreachable'])

/** A root peer as one room sees it; `holdsAll`: it has acknowledged every entry this machine has of the room. */
export const roomRootPeer = z.object({ key, state: rootPeerState, holdsAll: z.boolean() })

/** `name` is the invite's, else '', until the room's own entry arrives. */
export const room = z.object({
  roomId: key,
  name: z.string(),
  unread: count,
  members: count,
  lastMessage: message.optional(),
  rootPeers: z.array(roomRootPeer)
})

/** `rooms`: how many of my rooms it is asked to keep. */
export const rootPeer = z.object({ key, state: rootPeerState, rooms: count })

/** A person of a room. `here`: one of their devices is there at the moment, as far as this machine hears of it. */
export const member = z.object({ id: key, name: z.string(), here: z.boolean() })

/** What an invite would join, without joining. `rootPeers`: how many it names; `joined`: the room is here already. */
export const invitePreview = z.object({ roomId: key, name: z.string(), rootPeers: count, joined: z.boolean() })

export const networkStatus = z.object({ online: z.boolean(), peers: count, rootPeers: count })

export type AccountView = z.output<typeof account>
export type AuthorView = z.output<typeof author>
export type MessageState = z.output<typeof messageState>
export type MessageView = z.output<typeof message>
export type RootPeerState = z.output<typeof rootPeerState>
export type RoomRootPeerView = z.output<typeof roomRootPeer>
export type RoomView = z.output<typeof room>
export type RootPeerView = z.output<typeof rootPeer>
export type MemberView = z.output<typeof member>
export type InvitePreviewView = z.output<typeof invitePreview>
export type NetworkStatusView = z.output<typeof networkStatus>
