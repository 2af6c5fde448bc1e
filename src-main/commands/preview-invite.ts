/** `rooms.preview`: what a link would join. Touches neither disk nor network, so it may be asked before joining. */
import type { InvitePreviewView } from '../../src-preload/contract/index.js'
import { encodeKey } from '../protocol/ids.js'
import { decodeInvite } from '../protocol/invite.js'
import { roomKeys } from '../protocol/room-keys.js'
import type { CommandContext } from './context.js'
import { decoded } from './decoded.js'

export function previewInvite(context: CommandContext, args: { link: string }): InvitePreviewView {
  const invite = decoded(args.link, decodeInvite)
  const { roomId } = roomKeys(invite.secret, invite.creator)
  const row = context.store.rooms.find(roomId)
  const joined = row !== null && !row.leaving
  return { roomId: encodeKey(roomId), name: invite.name, rootPeers: invite.rootPeers.length, joined }
}
