/** Buttons in words. One primary at most in a view. */
import type { ComponentProps } from 'react'
import { cx } from './cx.js'

type Look = 'primary' | 'plain' | 'quiet' | 'danger'

const LOOKS: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  plain: 'border border-line-strong bg-raise text-text hover:bg-[color-mix(in_srgb,var(--raise),var(--text)_4%)]',
  quiet: 'text-accent-text hover:bg-hover',
  danger: 'bg-bad text-page hover:opacity-90'
}

const SIZES = {
  m: 'h-[34px] px-[15px]',
  l: 'h-10 px-[19px]'
}

export interface ButtonProps extends ComponentProps<'button'> {
  look?: Look
  size?: keyof typeof SIZES
}

export function Button({ look = 'plain', size = 'm', className, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      className={cx(
        'inline-flex shrink-0 items-center justify-center gap-2 rounded-m font-semibold whitespace-nowrap transition-colors duration-100',
        'text-base disabled:opacity-45 disabled:pointer-events-none',
        LOOKS[look],
        SIZES[size],
        className
      )}
      {...props}
    />
  )
}

/** A button that reads like a link in a text. */
export function TextButton({ className, ...props }: ComponentProps<'button'>) {
  return (
    <button
      type="button"
      className={cx(
        'rounded-s text-mid font-semibold text-accent-text underline-offset-2 hover:underline',
        'disabled:opacity-45',
        className
      )}
      {...props}
    />
  )
}
