import { ChevronLeft, LogOut } from 'lucide-react'
import type { RoomView } from '../../../src-preload/contract/index.js'
import { useHasThree } from '../../lib/use-media.js'
import { openDialog, setDetails } from '../../state/view.js'
import { Button } from '../../ui/button.js'
import { IconButton } from '../../ui/icon-button.js'
import { MemberList } from '../members/member-list.js'
import { t as members } from '../members/strings.js'
import { t as rooms } from '../rooms/strings.js'
import { KeepingCard } from '../root-peers/keeping-card.js'
import { RootPeerList } from '../root-peers/root-peer-list.js'
import { t as rootPeers } from '../root-peers/strings.js'
import { t } from './strings.js'

/** Who keeps the room and who is in it. */
export function Details({ room }: { room: RoomView }) {
  const hasThree = useHasThree()
  return (
    <aside aria-label={t.detailsTitle} className="flex h-full min-h-0 flex-col">
      {!hasThree && (
        <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line pl-2">
          <IconButton label={t.backToRoom} onClick={() => setDetails(false)}>
            <ChevronLeft size={20} />
          </IconButton>
          <h2 className="text-title font-semibold">{t.detailsTitle}</h2>
        </header>
      )}
      <div className="min-h-0 flex-1 overflow-y-auto p-4 pt-3.5">
        <KeepingCard room={room} />
        {room.rootPeers.length > 0 && (
          <section className="mt-5 px-1">
            <SectionTitle>{rootPeers.title}</SectionTitle>
            <RootPeerList rootPeers={room.rootPeers} />
          </section>
        )}
        <section className="mt-5 px-1">
          <SectionTitle count={room.members}>{members.people}</SectionTitle>
          <MemberList roomId={room.roomId} />
        </section>
        <Button
          look="quiet"
          className="mt-5 -ml-1.5 px-2.5 text-mid font-medium text-text-2 hover:text-bad"
          onClick={() => openDialog({ kind: 'leave', roomId: room.roomId })}
        >
          <LogOut size={15} aria-hidden />
          {rooms.leave}
        </Button>
      </div>
    </aside>
  )
}

function SectionTitle({ children, count }: { children: string; count?: number }) {
  return (
    <h3 className="flex h-7 items-center justify-between text-mid font-medium text-text-2">
      {children}
      {count !== undefined && <span className="text-small tabular-nums">{count}</span>}
    </h3>
  )
}
