import type { ReactNode } from 'react'
import { RootsGlyph } from '../../ui/roots-glyph.js'
import { t } from './strings.js'

/** A page without a session: says what was kept and how to get back in. */
export function RefusedPage() {
  return (
    <Notice title={t.refused} text={t.refusedText}>
      <p className="mt-5 text-text-2">{t.refusedWhat}</p>
      <pre className="mt-2 rounded-m border border-line bg-sink px-3.5 py-2.5 font-mono text-mid select-all">
        mangrove serve
      </pre>
    </Notice>
  )
}

/** Nothing is known yet and the node does not answer. */
export function LostPage() {
  return <Notice title={t.lost} text={t.lostText} />
}

export function WaitingPage() {
  return (
    <main className="flex h-full items-center justify-center">
      <p role="status" className="sr-only">
        {t.waiting}
      </p>
    </main>
  )
}

function Notice({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <main className="flex h-full flex-col overflow-y-auto p-6">
      <div className="m-auto w-full max-w-100" role="alert">
        <RootsGlyph count={0} size={44} />
        <h1 className="mt-5 text-display font-semibold tracking-title text-balance">{title}</h1>
        <p className="mt-1 text-title leading-[23px] text-text-2">{text}</p>
        {children}
      </div>
    </main>
  )
}
