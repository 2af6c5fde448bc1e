/** Initials on a colour of their own: people are round, rooms are rounded squares. Always beside the name itself. */
import type { CSSProperties } from 'react'
import { hueOf, personInitials, roomInitials } from '../lib/people.js'
import { cx } from './cx.js'

type Size = 28 | 36 | 44

const SIZES: Record<Size, string> = {
  28: 'size-7 text-tiny',
  36: 'size-9 text-mid',
  44: 'size-11 text-title'
}

const ROOM_RADII: Record<Size, string> = { 28: 'rounded-[8px]', 36: 'rounded-[10px]', 44: 'rounded-[12px]' }

export interface AvatarProps {
  id: string
  name: string
  kind: 'person' | 'room'
  size?: Size
  /** Draws the dot of somebody who is here. */
  here?: boolean
  className?: string
}

export function Avatar({ id, name, kind, size = 36, here = false, className }: AvatarProps) {
  const initials = kind === 'person' ? personInitials(name) : roomInitials(name)
  const hue = { '--hue': hueOf(id) } as CSSProperties
  return (
    <span className={cx('relative shrink-0 select-none', className)} aria-hidden>
      <span
        style={hue}
        className={cx(
          'avatar flex items-center justify-center font-semibold tracking-normal',
          SIZES[size],
          kind === 'person' ? 'rounded-full' : ROOM_RADII[size]
        )}
      >
        {initials || '·'}
      </span>
      {here && <HereDot />}
    </span>
  )
}

function HereDot() {
  return (
    <span className="absolute -right-px -bottom-px size-2.5 rounded-full border-2 border-(--dot-ground,var(--page)) bg-accent" />
  )
}
