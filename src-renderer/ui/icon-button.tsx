/** A button that is only a drawing: its label is told to screen readers and shown in a tooltip. */
import { Tooltip } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cx } from './cx.js'

export interface IconButtonProps extends ComponentProps<'button'> {
  label: string
  /** Told with the label in the tooltip. */
  keys?: string
  side?: 'top' | 'bottom' | 'left' | 'right'
}

export function IconButton({ label, keys, side = 'bottom', className, children, ...props }: IconButtonProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <button
          type="button"
          aria-label={label}
          className={cx(
            'flex size-8 shrink-0 items-center justify-center rounded-m text-text-2 transition-colors duration-100',
            'hover:bg-hover hover:text-text aria-pressed:bg-press aria-pressed:text-text aria-expanded:bg-press',
            'disabled:pointer-events-none disabled:opacity-45',
            className
          )}
          {...props}
        >
          {children}
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-40 flex animate-fade items-center gap-2 rounded-s bg-text px-2 py-1 text-small text-page shadow-float select-none"
        >
          {label}
          {keys && <span className="opacity-65">{keys}</span>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
