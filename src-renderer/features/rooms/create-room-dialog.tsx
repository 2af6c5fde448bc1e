import { type FormEvent, useState } from 'react'
import { MAX_ROOM_NAME_BYTES } from '../../../src-preload/contract/limits.js'
import { BridgeError } from '../../lib/bridge-error.js'
import { isOverBytes } from '../../lib/bytes.js'
import { failureText } from '../../lib/failures.js'
import { createRoom } from '../../state/rooms.js'
import { closeDialog, openRoom } from '../../state/view.js'
import { Button } from '../../ui/button.js'
import { Dialog, DialogActions } from '../../ui/dialog.js'
import { Field } from '../../ui/field.js'
import { t } from './strings.js'

/** One question: the room's name. */
export default function CreateRoomDialog() {
  const [name, setName] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const tooLong = isOverBytes(name.trim(), MAX_ROOM_NAME_BYTES)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    try {
      openRoom(await createRoom(name.trim()))
    } catch (thrown) {
      const error = BridgeError.from(thrown)
      setFailure(error.code === 'BAD_ARGUMENT' ? t.nameWrong : t.createFailed(failureText(error)))
      setBusy(false)
    }
  }

  return (
    <Dialog title={t.start} intro={t.createIntro} onClose={closeDialog} className="w-108">
      <form onSubmit={submit}>
        <Field
          className="mt-5"
          label={t.name}
          placeholder={t.namePlaceholder}
          dir="auto"
          value={name}
          error={tooLong ? t.nameTooLong : failure}
          onChange={(event) => {
            setName(event.target.value)
            setFailure(null)
          }}
        />
        <DialogActions>
          <Button type="submit" look="primary" disabled={busy || tooLong || !name.trim()}>
            {t.create}
          </Button>
          <Button onClick={closeDialog}>{t.cancel}</Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
