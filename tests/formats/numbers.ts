/** Numbers and names that stand on the wire. */
import { ENTRY_TYPES } from '../../src-main/protocol/entry.js'
import { LIMITS } from '../../src-main/protocol/limits.js'
import { PUSH_KINDS, REFUSALS, ROOM_MESSAGES, ROOM_PROTOCOL } from '../../src-main/protocol/room-messages.js'
import * as rootPeer from '../../src-main/protocol/root-peer-messages.js'

export function numbers() {
  return {
    entryTypes: ENTRY_TYPES,
    roomProtocol: ROOM_PROTOCOL,
    roomMessages: ROOM_MESSAGES,
    pushKinds: PUSH_KINDS,
    roomRefusals: REFUSALS,
    rootPeerProtocol: rootPeer.ROOT_PEER_PROTOCOL,
    rootPeerMessages: rootPeer.ROOT_PEER_MESSAGES,
    rootPeerRefusals: rootPeer.ROOT_PEER_REFUSALS,
    capabilities: rootPeer.CAPABILITIES,
    blockSizes: LIMITS.blockSizes
  }
}
