/**
 * A modal dialog. The veil is our own element: Radix's overlay would write a style element, which the policy refuses,
 * and nothing behind it scrolls anyway.
 */
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { strings } from '../lib/strings.js'
import { cx } from './cx.js'
import { IconButton } from './icon-button.js'

const t = strings({ close: 'Close' }, { close: 'Schließen' })

export interface DialogProps {
  title: string
  /** One or two plain sentences below the title. */
  intro?: ReactNode
  onClose(): void
  children: ReactNode
  className?: string
}

export function Dialog({ title, intro, onClose, children, className = 'w-120' }: DialogProps) {
  return (
    <DialogFrame onClose={onClose} className={cx('p-6', className)}>
      <div className="flex items-start gap-4">
        <Radix.Title className="min-w-0 flex-1 text-heading font-semibold tracking-title wrap-anywhere">
          {title}
        </Radix.Title>
        <Radix.Close asChild>
          <IconButton label={t.close} keys="Esc" className="-mt-1 -mr-2">
            <X size={18} />
          </IconButton>
        </Radix.Close>
      </div>
      {intro ? (
        <Radix.Description className="mt-0.5 text-text-2">{intro}</Radix.Description>
      ) : (
        <Radix.Description className="sr-only">{title}</Radix.Description>
      )}
      {children}
    </DialogFrame>
  )
}

/** The frame alone, for what has no title to be seen. */
export function DialogFrame({ onClose, children, className }: Omit<DialogProps, 'title' | 'intro'>) {
  const opener = useRef(document.activeElement)
  return (
    <Radix.Root open onOpenChange={(open) => open || onClose()}>
      <Radix.Portal>
        <div className="fixed inset-0 z-20 animate-fade bg-veil" />
        <Radix.Content
          onOpenAutoFocus={takeFocus}
          onCloseAutoFocus={(event) => returnFocus(event, opener.current)}
          className={cx(
            'fixed top-24 left-1/2 z-30 max-h-[calc(100dvh-8rem)] max-w-[calc(100vw-2rem)] -translate-x-1/2 overflow-y-auto',
            'animate-rise rounded-l border border-line bg-raise shadow-float outline-none',
            className
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** To what is asked for first, not to the button that closes. */
function takeFocus(event: Event): void {
  event.preventDefault()
  const content = event.target as HTMLElement
  const first = content.querySelector<HTMLElement>('[data-first], input:not([readonly]), textarea')
  ;(first ?? content).focus()
}

/** To where it came from, unless what was done has moved it already. */
function returnFocus(event: Event, opener: Element | null): void {
  event.preventDefault()
  const { activeElement } = document
  const moved = activeElement && activeElement !== document.body
  if (!moved && opener instanceof HTMLElement && opener.isConnected) opener.focus()
}

/** The row of buttons at a dialog's end. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-6 flex flex-row-reverse flex-wrap justify-start gap-2">{children}</div>
}
