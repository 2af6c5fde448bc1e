/** The one dialog that is open. Each is loaded when it is first needed. */
import { lazy, Suspense } from 'react'
import { type DialogView, useView } from '../state/view.js'

const CreateRoom = lazy(() => import('../features/rooms/create-room-dialog.js'))
const LeaveRoom = lazy(() => import('../features/rooms/leave-room-dialog.js'))
const Join = lazy(() => import('../features/invites/join-dialog.js'))
const Invite = lazy(() => import('../features/invites/invite-dialog.js'))
const AddRootPeer = lazy(() => import('../features/root-peers/add-root-peer-dialog.js'))
const Palette = lazy(() => import('../features/palette/palette.js'))

export function Dialogs() {
  const dialog = useView((state) => state.dialog)
  return <Suspense>{dialog && <OpenDialog dialog={dialog} />}</Suspense>
}

function OpenDialog({ dialog }: { dialog: DialogView }) {
  switch (dialog.kind) {
    case 'create-room':
      return <CreateRoom />
    case 'join':
      return <Join link={dialog.link} />
    case 'invite':
      return <Invite roomId={dialog.roomId} />
    case 'add-root-peer':
      return <AddRootPeer roomId={dialog.roomId} />
    case 'leave':
      return <LeaveRoom roomId={dialog.roomId} />
    case 'palette':
      return <Palette />
  }
}
