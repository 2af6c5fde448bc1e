import { useEffect, useState } from 'react'
import type { RoomView } from '../../../src-preload/contract/index.js'
import { call } from '../../bridge.js'
import { BridgeError } from '../../lib/bridge-error.js'
import { failureText } from '../../lib/failures.js'
import { useRoom } from '../../state/rooms.js'
import { closeDialog } from '../../state/view.js'
import { CopyButton } from '../../ui/copy-button.js'
import { Dialog } from '../../ui/dialog.js'
import { ErrorText } from '../../ui/field.js'
import { RootsGlyph } from '../../ui/roots-glyph.js'
import { roomTitle } from '../rooms/room-title.js'
import { keepingOf } from '../root-peers/keeping.js'
import { QrCode } from './qr-code.js'
import { t } from './strings.js'

const QR_SIZE = 172

/** Says what the link gives, then gives it: to copy, to read, to scan. */
export default function InviteDialog({ roomId }: { roomId: string }) {
  const room = useRoom(roomId)
  return room ? <Invite room={room} /> : null
}

function Invite({ room }: { room: RoomView }) {
  const { link, failure } = useInvite(room.roomId)
  return (
    <Dialog title={t.inviteTo(roomTitle(room))} intro={t.gives} onClose={closeDialog} className="w-132">
      {failure && (
        <div className="mt-4">
          <ErrorText>{t.failed(failure)}</ErrorText>
        </div>
      )}
      <div className="mt-5 flex flex-col items-center gap-5 wide:flex-row wide:items-stretch">
        <div className="size-[174px] shrink-0 rounded-m border border-line bg-qr-ground">
          {link && <QrCode text={link} size={QR_SIZE} />}
        </div>
        <div className="flex w-full min-w-0 flex-1 flex-col items-start">
          <input
            readOnly
            aria-label={t.link}
            value={link}
            onFocus={(event) => event.target.select()}
            className="h-10 w-full min-w-0 rounded-m border border-line-strong bg-page px-3 font-mono text-mid text-ellipsis"
          />
          <CopyButton look="primary" className="mt-2.5" text={link} label={t.copy} done={t.copied} disabled={!link} />
          <Away room={room} />
        </div>
      </div>
    </Dialog>
  )
}

/** Whether joining works while I am away, which is what people wonder next. */
function Away({ room }: { room: RoomView }) {
  const { count } = keepingOf(room)
  return (
    <p className="mt-4 flex gap-2 text-mid text-text-2">
      <RootsGlyph count={count} size={17} className="mt-px" />
      <span>{count > 0 ? t.awayYes(count) : t.awayNo}</span>
    </p>
  )
}

/** An invite names the root peers of now, so it is made anew each time the dialog opens. */
function useInvite(roomId: string): { link: string; failure: string | null } {
  const [link, setLink] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    call('rooms.invite', { roomId }).then(
      (answer) => setLink(answer.link),
      (error: unknown) => setFailure(failureText(BridgeError.from(error)))
    )
  }, [roomId])
  return { link, failure }
}
