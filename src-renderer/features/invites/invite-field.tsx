import { useEffect, useState } from 'react'
import { openDialog } from '../../state/view.js'
import { Field } from '../../ui/field.js'
import { t } from './strings.js'
import { usePreview } from './use-preview.js'

/** Takes a pasted invite at once: a whole one leads to the confirmation, a broken one says so below. */
export function InviteField({ className }: { className?: string }) {
  const [text, setText] = useState('')
  const preview = usePreview(text)
  useEffect(() => {
    if (preview.status !== 'ready') return
    openDialog({ kind: 'join', link: preview.link })
    setText('')
  }, [preview])
  return (
    <Field
      className={className}
      label={t.field}
      hideLabel
      placeholder={t.paste}
      spellCheck={false}
      value={text}
      error={preview.status === 'wrong' ? preview.why : null}
      onChange={(event) => setText(event.target.value)}
    />
  )
}
