import { useEffect, useRef, useState } from 'react'
import type { MessageView } from '../../../src-preload/contract/index.js'
import { previewText } from '../../lib/rich-text.js'
import { t } from './strings.js'

/** Tells screen readers of what comes in while the room is open. History that is loaded is not news. */
export function Announcer({ messages, me }: { messages: readonly MessageView[]; me: string }) {
  const [text, setText] = useState('')
  const before = useRef<string | undefined>(undefined)
  const newest = messages.at(-1)
  useEffect(() => {
    const known = before.current
    before.current = newest?.id
    if (!newest || known === undefined || known === newest.id || newest.author.id === me) return
    setText(t.says(newest.author.name || t.unnamed, previewText(newest.text)))
  }, [newest, me])
  return (
    <p aria-live="polite" className="sr-only">
      {text}
    </p>
  )
}
