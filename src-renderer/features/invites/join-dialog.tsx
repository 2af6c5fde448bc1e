import { useState } from 'react'
import type { InvitePreviewView } from '../../../src-preload/contract/index.js'
import { BridgeError } from '../../lib/bridge-error.js'
import { failureText } from '../../lib/failures.js'
import { joinRoom } from '../../state/rooms.js'
import { closeDialog, openRoom } from '../../state/view.js'
import { Avatar } from '../../ui/avatar.js'
import { Button } from '../../ui/button.js'
import { Dialog, DialogActions } from '../../ui/dialog.js'
import { ErrorText, Field } from '../../ui/field.js'
import { RootsGlyph } from '../../ui/roots-glyph.js'
import { t } from './strings.js'
import { usePreview } from './use-preview.js'

/** Takes a pasted invite and shows what it would join before it joins. */
export default function JoinDialog({ link }: { link: string }) {
  const [text, setText] = useState(link)
  const preview = usePreview(text)
  if (preview.status === 'ready') {
    return <Confirmation link={preview.link} invite={preview.invite} onOther={() => setText('')} />
  }
  return (
    <Dialog title={t.join} intro={t.joinIntro} onClose={closeDialog}>
      <Field
        className="mt-5"
        label={t.field}
        hideLabel
        placeholder={t.paste}
        spellCheck={false}
        value={text}
        error={preview.status === 'wrong' ? preview.why : null}
        onChange={(event) => setText(event.target.value)}
      />
      <DialogActions>
        <Button onClick={closeDialog}>{t.cancel}</Button>
      </DialogActions>
    </Dialog>
  )
}

interface ConfirmationProps {
  link: string
  invite: InvitePreviewView
  onOther(): void
}

function Confirmation({ link, invite, onOther }: ConfirmationProps) {
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const name = invite.name || t.unnamed

  async function join() {
    if (invite.joined) return openRoom(invite.roomId)
    setBusy(true)
    try {
      openRoom(await joinRoom(link))
    } catch (error) {
      setFailure(t.joinFailed(failureText(BridgeError.from(error))))
      setBusy(false)
    }
  }

  return (
    <Dialog title={invite.joined ? name : t.joinNamed(name)} onClose={closeDialog} className="w-108">
      <div className="mt-4 flex items-start gap-3.5">
        <Avatar id={invite.roomId} name={name} kind="room" size={44} />
        <div className="min-w-0 text-text-2">{invite.joined ? <p>{t.joined}</p> : <WhatComes invite={invite} />}</div>
      </div>
      {failure && (
        <div className="mt-4">
          <ErrorText>{failure}</ErrorText>
        </div>
      )}
      <DialogActions>
        <Button look="primary" data-first disabled={busy} onClick={() => void join()}>
          {invite.joined ? t.open : t.submit}
        </Button>
        <Button onClick={onOther}>{t.other}</Button>
      </DialogActions>
    </Dialog>
  )
}

function WhatComes({ invite }: { invite: InvitePreviewView }) {
  return (
    <>
      <p className="flex gap-1.5">
        <RootsGlyph count={invite.rootPeers} className="mt-0.5" />
        <span>{invite.rootPeers > 0 ? t.previewYes(invite.rootPeers) : t.previewNo}</span>
      </p>
      <p className="mt-1.5">{t.seesYou}</p>
    </>
  )
}
