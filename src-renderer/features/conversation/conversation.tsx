import { useEffect, useRef } from 'react'
import type { RoomView } from '../../../src-preload/contract/index.js'
import { refreshMembers } from '../../state/members.js'
import { Composer } from '../composer/composer.js'
import { NetworkBand } from '../network/network-band.js'
import { ConversationHeader } from './conversation-header.js'
import { MessageList, type MessageListHandle } from './message-list.js'

/** One room: who keeps it, what was said, and where to write. */
export function Conversation({ room }: { room: RoomView }) {
  const list = useRef<MessageListHandle>(null)
  useEffect(() => refreshMembers(room.roomId), [room.roomId])
  return (
    <main className="flex h-full min-w-0 flex-col">
      <ConversationHeader room={room} />
      <NetworkBand />
      <MessageList key={room.roomId} ref={list} room={room} />
      <Composer key={`composer-${room.roomId}`} room={room} onSend={() => list.current?.toBottom()} />
    </main>
  )
}
