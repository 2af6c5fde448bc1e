/** `rootPeers.add`: asks a root peer to keep one room, or all of mine now and later, and pins it in each. */
import { MangroveError } from '../lib/errors.js'
import { equal } from '../protocol/bytes.js'
import { decodeKey } from '../protocol/ids.js'
import { type CommandContext, roomOf } from './context.js'
import { decoded } from './decoded.js'
import { pinRootPeers } from './pin-root-peers.js'

/** Returns once it is saved, whether or not the root peer can be reached. */
export async function addRootPeer(context: CommandContext, args: { key: string; roomId?: string }): Promise<null> {
  context.account()
  const key = decoded(args.key, decodeKey)
  if (equal(key, context.peers.publicKey)) throw new MangroveError('BAD_ARGUMENT', 'This is the key of this very node.')
  const one = args.roomId === undefined ? null : roomOf(context, args.roomId)
  const { store, clock } = context
  store.db.durable(() => {
    store.settings.addRootPeer(key, one === null, clock.now())
    if (one) store.settings.addRootPeerRoom(key, one.row.room)
  })
  for (const room of one ? [one] : context.rooms.all()) await pinRootPeers(context, room)
  context.rooms.rootPeersChanged()
  return null
}
