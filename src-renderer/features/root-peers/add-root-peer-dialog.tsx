import { RadioGroup } from 'radix-ui'
import { type FormEvent, useId, useState } from 'react'
import { BridgeError } from '../../lib/bridge-error.js'
import { failureText } from '../../lib/failures.js'
import { useRoom } from '../../state/rooms.js'
import { addRootPeer } from '../../state/root-peers.js'
import { showToast } from '../../state/toasts.js'
import { closeDialog } from '../../state/view.js'
import { Button } from '../../ui/button.js'
import { Dialog, DialogActions } from '../../ui/dialog.js'
import { Field } from '../../ui/field.js'
import { roomTitle } from '../rooms/room-title.js'
import { findKey } from './key-field.js'
import { t } from './strings.js'

type Scope = 'room' | 'all'

/** Asks a root peer, by its key, to keep one room or all of mine. */
export default function AddRootPeerDialog({ roomId }: { roomId: string | null }) {
  const room = useRoom(roomId)
  const [text, setText] = useState('')
  const [scope, setScope] = useState<Scope>('all')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    const key = findKey(text)
    if (!key) return setError(t.keyWrong)
    setBusy(true)
    try {
      await addRootPeer(key, scope === 'room' && room ? room.roomId : undefined)
      showToast(t.added)
      closeDialog()
    } catch (thrown) {
      const failure = BridgeError.from(thrown)
      setError(failure.code === 'BAD_ARGUMENT' ? t.keyOwn : t.failed(failureText(failure)))
      setBusy(false)
    }
  }

  return (
    <Dialog title={t.add} intro={t.addIntro} onClose={closeDialog}>
      <form onSubmit={submit}>
        <Field
          className="mt-5"
          label={t.key}
          hint={t.keyHint}
          error={error}
          value={text}
          spellCheck={false}
          style={{ fontFamily: 'var(--font-mono)', fontSize: 13 }}
          onChange={(event) => {
            setText(event.target.value)
            setError(null)
          }}
        />
        {room && (
          <RadioGroup.Root
            aria-label={t.which}
            className="mt-4 grid gap-1"
            value={scope}
            onValueChange={(value) => setScope(value as Scope)}
          >
            <Choice value="all" title={t.allRooms} hint={t.allRoomsHint} />
            <Choice value="room" title={t.thisRoom(roomTitle(room))} hint={t.thisRoomHint} />
          </RadioGroup.Root>
        )}
        <DialogActions>
          <Button type="submit" look="primary" disabled={busy || !text.trim()}>
            {t.submit}
          </Button>
          <Button onClick={closeDialog}>{t.cancel}</Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function Choice({ value, title, hint }: { value: Scope; title: string; hint: string }) {
  const id = useId()
  return (
    <div className="flex items-start gap-3 rounded-m py-1.5">
      <RadioGroup.Item
        id={id}
        value={value}
        className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-raise data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <RadioGroup.Indicator className="size-1.5 rounded-full bg-on-accent" />
      </RadioGroup.Item>
      <label htmlFor={id} className="min-w-0 wrap-anywhere">
        <span className="block font-medium">{title}</span>
        <span className="block text-mid text-text-2">{hint}</span>
      </label>
    </div>
  )
}
