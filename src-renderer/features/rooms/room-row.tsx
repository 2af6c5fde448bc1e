import { memo } from 'react'
import type { RoomView } from '../../../src-preload/contract/index.js'
import { previewText } from '../../lib/rich-text.js'
import { formatNumber } from '../../lib/strings.js'
import { listTime } from '../../lib/time.js'
import { useMe } from '../../state/account.js'
import { useDraft } from '../../state/drafts.js'
import { openRoom } from '../../state/view.js'
import { Avatar } from '../../ui/avatar.js'
import { cx } from '../../ui/cx.js'
import { roomTitle } from './room-title.js'
import { t } from './strings.js'

interface RoomRowProps {
  room: RoomView
  active: boolean
  now: number
}

/** One room of the list: 50 px, name and time above, last message and unread count below. */
export const RoomRow = memo(function RoomRow({ room, active, now }: RoomRowProps) {
  const draft = useDraft(room.roomId)
  const unread = room.unread > 0
  return (
    <button
      type="button"
      data-room={room.roomId}
      aria-current={active ? 'page' : undefined}
      onClick={() => openRoom(room.roomId)}
      className={cx(
        'flex h-[50px] w-full items-center gap-2.5 rounded-m px-2 text-start outline-offset-[-2px]',
        active ? 'bg-accent-soft' : 'hover:bg-hover'
      )}
    >
      <Avatar id={room.roomId} name={roomTitle(room)} kind="room" />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <bdi className="min-w-0 flex-1 truncate font-semibold">{roomTitle(room)}</bdi>
          {room.lastMessage && (
            <time className="shrink-0 text-small text-text-3 tabular-nums" dateTime={isoOf(room.lastMessage.sentAt)}>
              {listTime(room.lastMessage.sentAt, now)}
            </time>
          )}
        </span>
        <span className="flex h-[18px] items-center gap-2">
          <span className={cx('min-w-0 flex-1 truncate text-mid', unread ? 'text-text' : 'text-text-2')} dir="auto">
            {draft && !active ? <Draft text={draft} /> : <Preview room={room} />}
          </span>
          {unread && <UnreadBadge count={room.unread} />}
        </span>
      </span>
    </button>
  )
})

function Draft({ text }: { text: string }) {
  return (
    <>
      <span className="text-accent-text">{t.draft}</span> {previewText(text)}
    </>
  )
}

function Preview({ room }: { room: RoomView }) {
  const me = useMe()
  const last = room.lastMessage
  if (!last) return t.noMessages
  const text = previewText(last.text)
  if (last.author.id === me.id) return t.you(text)
  return t.says(firstWord(last.author.name) || t.somebody, text)
}

function UnreadBadge({ count }: { count: number }) {
  return (
    <span className="flex h-[18px] min-w-[18px] items-center justify-center rounded-full bg-accent px-[5px] text-tiny font-semibold text-on-accent tabular-nums">
      <span aria-hidden>{count > 999 ? '999+' : formatNumber(count)}</span>
      <span className="sr-only">{t.unread(count)}</span>
    </span>
  )
}

function firstWord(name: string): string {
  return name.split(/\s+/u)[0] ?? ''
}

function isoOf(time: number): string {
  return new Date(time).toISOString()
}
