import { type FormEvent, useState } from 'react'
import { MAX_NAME_GRAPHEMES } from '../../../src-preload/contract/limits.js'
import { BridgeError } from '../../lib/bridge-error.js'
import { failureText } from '../../lib/failures.js'
import { createAccount } from '../../state/account.js'
import { Button } from '../../ui/button.js'
import { Field } from '../../ui/field.js'
import { Brand } from './brand.js'
import { MangroveTree } from './mangrove-tree.js'
import { t } from './strings.js'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The first run: one question, one field, one button. */
export function Welcome() {
  return (
    <main className="flex h-full">
      <div className="flex w-full min-w-0 flex-col justify-center overflow-y-auto px-6 py-10 wide:w-1/2">
        <div className="mx-auto w-full max-w-90">
          <Brand />
          <Question />
        </div>
      </div>
      <div className="hidden w-1/2 items-center justify-center border-l border-line bg-side p-10 wide:flex" aria-hidden>
        <MangroveTree />
      </div>
    </main>
  )
}

function Question() {
  const [name, setName] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const tooLong = [...graphemes.segment(name.trim())].length > MAX_NAME_GRAPHEMES

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    try {
      await createAccount(name.trim())
    } catch (thrown) {
      const error = BridgeError.from(thrown)
      setFailure(error.code === 'BAD_ARGUMENT' ? t.wrong : t.failed(failureText(error)))
      setBusy(false)
    }
  }

  return (
    <form onSubmit={submit} className="mt-14">
      <h1 className="text-welcome font-semibold tracking-welcome text-balance">{t.question}</h1>
      <p className="mt-2 text-title leading-[23px] text-text-2">{t.questionText}</p>
      <Field
        className="mt-6"
        label={t.name}
        hideLabel
        autoFocus
        dir="auto"
        autoComplete="name"
        value={name}
        error={tooLong ? t.tooLong : failure}
        onChange={(event) => {
          setName(event.target.value)
          setFailure(null)
        }}
      />
      <Button type="submit" look="primary" size="l" className="mt-4" disabled={busy || tooLong || !name.trim()}>
        {t.next}
      </Button>
    </form>
  )
}
