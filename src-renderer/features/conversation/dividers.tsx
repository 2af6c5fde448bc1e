import type { RoomView } from '../../../src-preload/contract/index.js'
import { dayTitle } from '../../lib/time.js'
import { useNow } from '../../lib/use-now.js'
import { openDialog } from '../../state/view.js'
import { Avatar } from '../../ui/avatar.js'
import { Button } from '../../ui/button.js'
import { roomTitle } from '../rooms/room-title.js'
import { t } from './strings.js'

export function DayLine({ time }: { time: number }) {
  const now = useNow()
  return (
    <div className="flex items-center gap-3 px-5 pt-[18px] pb-1 text-small text-text-2">
      <span className="h-px flex-1 bg-line" />
      <h2 className="font-medium">{dayTitle(time, now)}</h2>
      <span className="h-px flex-1 bg-line" />
    </div>
  )
}

export function NewLine({ count }: { count: number }) {
  return (
    <div className="flex items-center gap-2.5 px-5 pt-[18px] pb-1 text-small font-semibold text-accent-text">
      <span className="h-px w-9 bg-accent opacity-60" />
      <h2 className="tabular-nums">{t.newCount(count)}</h2>
      <span className="h-px flex-1 bg-accent opacity-60" />
    </div>
  )
}

/** The beginning of a room; somebody alone in it is told what comes next. */
export function StartLine({ room }: { room: RoomView }) {
  const alone = room.members <= 1
  return (
    <div className="px-5 pt-8 pb-2">
      <Avatar id={room.roomId} name={roomTitle(room)} kind="room" size={44} className="inline-block" />
      <h2 className="mt-3 text-heading font-semibold tracking-title wrap-anywhere">{t.start(roomTitle(room))}</h2>
      <p className="text-text-2">{alone ? t.startAlone : t.startText}</p>
      {alone && (
        <Button className="mt-3.5" look="primary" onClick={() => openDialog({ kind: 'invite', roomId: room.roomId })}>
          {t.invite}
        </Button>
      )}
    </div>
  )
}
