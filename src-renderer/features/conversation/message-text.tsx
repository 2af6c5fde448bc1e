import { memo, useMemo, useState } from 'react'
import { type Part, parseText } from '../../lib/rich-text.js'
import { openDialog } from '../../state/view.js'
import { TextButton } from '../../ui/button.js'
import { cx } from '../../ui/cx.js'
import { t } from './strings.js'

/** More than this is folded, so that one message does not push all others away. */
const FOLD_CHARACTERS = 3000
const FOLD_LINES = 40

/** A message's text; nothing in it is taken as markup, and links open only when they are clicked. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  const parts = useMemo(() => parseText(text), [text])
  const long = text.length > FOLD_CHARACTERS || countLines(text) > FOLD_LINES
  const [open, setOpen] = useState(false)
  const folded = long && !open
  return (
    <>
      <div
        dir="auto"
        className={cx(
          'text-message wrap-anywhere whitespace-pre-wrap',
          folded && 'max-h-100 overflow-hidden mask-b-from-80%'
        )}
      >
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
          <PartView key={index} part={part} />
        ))}
      </div>
      {folded && <TextButton onClick={() => setOpen(true)}>{t.more}</TextButton>}
    </>
  )
})

function PartView({ part }: { part: Part }) {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'code':
      return (
        <code className="rounded-[5px] border border-line bg-sink px-1 py-px font-mono text-[13px]">{part.text}</code>
      )
    case 'fence':
      return (
        <pre className="my-1.5 overflow-x-auto rounded-m border border-line bg-sink px-3 py-2.5 font-mono text-[12.5px] leading-[19px] whitespace-pre">
          {part.text}
        </pre>
      )
    case 'link':
      return (
        <a
          href={part.url}
          target="_blank"
          rel="noopener noreferrer"
          className="rounded-xs text-accent-text underline decoration-[color-mix(in_srgb,currentColor_40%,transparent)] underline-offset-[3px] hover:decoration-current"
        >
          {part.text}
        </a>
      )
    case 'invite':
      return (
        <button
          type="button"
          onClick={() => openDialog({ kind: 'join', link: part.link })}
          className="inline max-w-full text-start break-all text-accent-text underline underline-offset-[3px]"
        >
          {part.text}
        </button>
      )
  }
}

function countLines(text: string): number {
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
