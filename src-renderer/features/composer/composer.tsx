import { ArrowUp } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import type { RoomView } from '../../../src-preload/contract/index.js'
import { BridgeError } from '../../lib/bridge-error.js'
import { failureText } from '../../lib/failures.js'
import { useReach } from '../../state/connection.js'
import { restoreDraft, setDraft, useDraft } from '../../state/drafts.js'
import { sendMessage } from '../../state/messages.js'
import { focusComposer } from '../../state/view.js'
import { cx } from '../../ui/cx.js'
import { ErrorText } from '../../ui/field.js'
import { IconButton } from '../../ui/icon-button.js'
import { roomTitle } from '../rooms/room-title.js'
import { limitOf } from './limit.js'
import { t } from './strings.js'

/** Enter sends, Shift+Enter breaks. The text goes only when the message is shown, and comes back if it was not saved. */
export function Composer({ room, onSend }: { room: RoomView; onSend(): void }) {
  const { roomId } = room
  const text = useDraft(roomId)
  const [failure, setFailure] = useState<string | null>(null)
  const { over, note } = limitOf(text)
  const isLost = useReach() === 'lost'
  const canSend = text.trim() !== '' && !over && !isLost

  async function send() {
    if (!canSend) return
    setFailure(null)
    setDraft(roomId, '')
    focusComposer()
    onSend()
    try {
      await sendMessage(roomId, text)
    } catch (error) {
      restoreDraft(roomId, text)
      setFailure(t.failed(failureText(BridgeError.from(error))))
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void send()
  }

  return (
    <div className="shrink-0 px-5 pt-1 pb-[18px]">
      {failure && (
        <div className="pb-2">
          <ErrorText>{failure}</ErrorText>
        </div>
      )}
      <div
        className={cx(
          'flex items-end gap-2 rounded-l border border-line-strong bg-raise p-1.5 pl-3.5 transition-shadow duration-100',
          'focus-within:border-[color-mix(in_srgb,var(--accent)_70%,var(--line-strong))]'
        )}
      >
        <textarea
          id="composer"
          aria-label={t.label(roomTitle(room))}
          aria-describedby="composer-note"
          placeholder={t.label(roomTitle(room))}
          dir="auto"
          rows={1}
          value={text}
          onChange={(event) => setDraft(roomId, event.target.value)}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-[178px] min-h-8 flex-1 resize-none py-[5.5px] text-message outline-none"
        />
        <IconButton
          label={t.send}
          keys="Enter"
          side="top"
          disabled={!canSend}
          onClick={() => void send()}
          className={cx(canSend ? 'bg-accent text-on-accent hover:bg-accent-hover hover:text-on-accent' : 'bg-sink')}
        >
          <ArrowUp size={18} />
        </IconButton>
      </div>
      <p
        id="composer-note"
        className={cx('text-small', note && 'pt-1.5', over ? 'text-bad' : 'text-text-2')}
        role="status"
      >
        {note}
      </p>
    </div>
  )
}
