/** One line to write in, with its label, and below it what is wrong. */
import { CircleAlert } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './cx.js'

export interface FieldProps extends ComponentProps<'input'> {
  label: string
  /** The label is there for screen readers only, where the question stands above. */
  hideLabel?: boolean
  hint?: ReactNode
  error?: string | null
}

export const inputClass =
  'h-10 w-full rounded-m border border-line-strong bg-raise px-3 text-text outline-none transition-shadow duration-100 ' +
  'focus:border-accent focus:shadow-[0_0_0_3px_color-mix(in_srgb,var(--accent)_22%,transparent)] ' +
  'aria-invalid:border-bad aria-invalid:focus:shadow-[0_0_0_3px_color-mix(in_srgb,var(--bad)_20%,transparent)]'

export function Field({ label, hideLabel = false, hint, error, className, ...props }: FieldProps) {
  const id = useId()
  const hasNote = Boolean(error || hint)
  return (
    <div className={className}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'mb-1.5 block text-mid font-medium'}>
        {label}
      </label>
      <input
        id={id}
        autoComplete="off"
        aria-invalid={error ? true : undefined}
        aria-describedby={hasNote ? `${id}-note` : undefined}
        className={inputClass}
        {...props}
      />
      <div id={`${id}-note`} className={cx('text-mid', hasNote && 'mt-1.5')}>
        {error ? <ErrorText>{error}</ErrorText> : <span className="text-text-2">{hint}</span>}
      </div>
    </div>
  )
}

export function ErrorText({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="flex gap-1.5 text-mid text-bad">
      <CircleAlert size={15} className="mt-[1.5px] shrink-0" aria-hidden />
      <span className="min-w-0">{children}</span>
    </p>
  )
}
