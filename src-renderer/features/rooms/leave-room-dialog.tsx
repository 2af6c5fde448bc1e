import { useState } from 'react'
import type { RoomView } from '../../../src-preload/contract/index.js'
import { BridgeError } from '../../lib/bridge-error.js'
import { failureText } from '../../lib/failures.js'
import { leaveRoom, useRoom } from '../../state/rooms.js'
import { showToast } from '../../state/toasts.js'
import { closeDialog, openRoom } from '../../state/view.js'
import { Button } from '../../ui/button.js'
import { Dialog, DialogActions } from '../../ui/dialog.js'
import { ErrorText } from '../../ui/field.js'
import { roomTitle } from './room-title.js'
import { t } from './strings.js'

/** Says what leaving takes away before it does. */
export default function LeaveRoomDialog({ roomId }: { roomId: string }) {
  const room = useRoom(roomId)
  return room ? <Question room={room} /> : null
}

function Question({ room }: { room: RoomView }) {
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const name = roomTitle(room)

  async function leave() {
    setBusy(true)
    try {
      await leaveRoom(room.roomId)
      openRoom(null)
      showToast(t.left(name))
    } catch (thrown) {
      setFailure(t.leaveFailed(failureText(BridgeError.from(thrown))))
      setBusy(false)
    }
  }

  return (
    <Dialog title={t.leaveTitle(name)} onClose={closeDialog} className="w-108">
      <p className="mt-1 text-text-2">{t.leaveText}</p>
      <p className="mt-2 text-text-2">{room.members > 1 || room.rootPeers.length > 0 ? t.leaveAgain : t.leaveAlone}</p>
      {failure && (
        <div className="mt-4">
          <ErrorText>{failure}</ErrorText>
        </div>
      )}
      <DialogActions>
        <Button look="danger" disabled={busy} onClick={() => void leave()}>
          {t.leave}
        </Button>
        <Button onClick={closeDialog}>{t.cancel}</Button>
      </DialogActions>
    </Dialog>
  )
}
