import { ArrowDown } from 'lucide-react'
import { type Ref, type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import type { RoomView } from '../../../src-preload/contract/index.js'
import { useMe } from '../../state/account.js'
import { openMessages, type RoomMessages, useRoomMessages } from '../../state/messages.js'
import { Button } from '../../ui/button.js'
import { roomTitle } from '../rooms/room-title.js'
import { keepingOf } from '../root-peers/keeping.js'
import { Announcer } from './announcer.js'
import { DayLine, NewLine, StartLine } from './dividers.js'
import { MessageRow } from './message-row.js'
import { buildRows, type Row, type Unseen } from './rows.js'
import { t } from './strings.js'
import { useStickyScroll } from './use-sticky-scroll.js'
import { useUnseen } from './use-unseen.js'

const NO_ROWS: Row[] = []

export interface MessageListHandle {
  toBottom(): void
}

/** The messages of one room. Mount it anew for another. */
export function MessageList({ room, ref }: { room: RoomView; ref: Ref<MessageListHandle> }) {
  const { roomId } = room
  const data = useRoomMessages(roomId)
  const me = useMe()
  const list = useRef<VirtualizerHandle>(null)
  const scroll = useStickyScroll(list, roomId)
  const { unseen, below } = useUnseen(room, data, scroll.atBottom)
  const rows = useRows(data, roomId, unseen)
  const shift = useShift(data.messages[0]?.id)
  const keepers = keepingOf(room).count

  useEffect(() => openMessages(roomId), [roomId])
  useLayoutEffect(() => scroll.follow(rows.length), [rows, scroll.follow])
  useStartAtNew(list, rows, scroll.release)
  useImperativeHandle(ref, () => ({ toBottom: scroll.toBottom }))

  return (
    <div className="relative min-h-0 flex-1">
      <div
        role="log"
        aria-live="off"
        aria-label={t.messages(roomTitle(room))}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        onWheel={scroll.onHand}
        onTouchMove={scroll.onHand}
        onKeyDown={scroll.onHand}
        onPointerDown={scroll.onHand}
        onPointerMove={(event) => event.buttons > 0 && scroll.onHand()}
        className="flex h-full flex-col overflow-y-auto outline-offset-[-3px] [overflow-anchor:none]"
      >
        <div className="flex-1" />
        <Virtualizer
          ref={list}
          data={rows}
          shift={shift}
          bufferSize={600}
          onScroll={scroll.onScroll}
          onScrollEnd={scroll.onScrollEnd}
          onResize={scroll.onResize}
        >
          {(row) => <RowView key={row.key} row={row} room={room} keepers={keepers} />}
        </Virtualizer>
      </div>
      {!scroll.atBottom && <ToNewest count={below} onClick={scroll.toBottom} />}
      <Announcer messages={data.messages} me={me.id} />
    </div>
  )
}

function useRows({ messages, pending, older, loaded }: RoomMessages, roomId: string, unseen: Unseen | null): Row[] {
  const me = useMe()
  const complete = older === null
  return useMemo(
    () => (loaded ? buildRows({ messages, pending, me, roomId, complete, unseen }) : NO_ROWS),
    [messages, pending, me, roomId, complete, unseen, loaded]
  )
}

/** True in the one drawing in which rows came or went at the upper end: the list then keeps its place from below. */
function useShift(oldest: string | undefined): boolean {
  const before = useRef(oldest)
  const shift = before.current !== undefined && before.current !== oldest
  useLayoutEffect(() => {
    before.current = oldest
  }, [oldest])
  return shift
}

/** A room is opened at its first new message where that is further up than one screen. */
function useStartAtNew(list: RefObject<VirtualizerHandle | null>, rows: readonly Row[], release: () => void): void {
  const done = useRef(false)
  useEffect(() => {
    if (done.current || rows.length === 0) return
    const frame = requestAnimationFrame(() => {
      done.current = true
      const index = rows.findIndex(({ kind }) => kind === 'new')
      const handle = list.current
      if (index < 0 || !handle || handle.getItemOffset(index) > handle.scrollOffset) return
      release()
      handle.scrollToIndex(index, { align: 'start', offset: -24 })
    })
    return () => cancelAnimationFrame(frame)
  }, [list, rows, release])
}

function RowView({ row, room, keepers }: { row: Row; room: RoomView; keepers: number }) {
  switch (row.kind) {
    case 'start':
      return <StartLine room={room} />
    case 'day':
      return <DayLine time={row.time} />
    case 'new':
      return <NewLine count={row.count} />
    case 'message':
      return <MessageRow message={row.message} head={row.head} keepers={keepers} />
    case 'end':
      return <div className="h-3" />
  }
}

function ToNewest({ count, onClick }: { count: number; onClick(): void }) {
  return (
    <Button className="absolute bottom-2 left-1/2 -translate-x-1/2 animate-rise shadow-float" onClick={onClick}>
      <ArrowDown size={16} aria-hidden />
      <span className="tabular-nums">{count > 0 ? t.toNew(count) : t.toNewest}</span>
    </Button>
  )
}
