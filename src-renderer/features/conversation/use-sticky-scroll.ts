import { type RefObject, useEffect, useMemo, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { loadOlder, setAtBottom } from '../../state/messages.js'

/** So near counts as being there. */
const BOTTOM_PX = 40
/** So far from the upper end the page behind it is loaded. */
const AHEAD_PX = 1200

/** For so long after a hand's movement, or after rows changed their size, a scroll is its doing. */
const HAND_MS = 500
const LAYOUT_MS = 300

/**
 * Stays at the newest message as long as the person is there, and nowhere else; loads history before it is reached.
 * What grows or shrinks moves nobody: only a hand that scrolls up lets go of the lower end, or the browser's own search.
 */
class StickyScroll {
  private stuck = true
  private lastOffset = 0
  private rows = 0
  private handAt = 0
  private layoutAt = 0

  constructor(
    private readonly list: RefObject<VirtualizerHandle | null>,
    private readonly roomId: string,
    private readonly onStuck: (stuck: boolean) => void
  ) {}

  readonly onScroll = (offset: number): void => {
    const handle = this.list.current
    if (!handle) return
    const left = handle.scrollSize - handle.viewportSize - offset
    if (left < BOTTOM_PX) this.stick(true)
    else if (offset < this.lastOffset - 1 && this.isMeant()) this.stick(false)
    this.lastOffset = offset
    this.fill()
  }

  /** Wheel, touch, key or scroll bar. */
  readonly onHand = (): void => {
    this.handAt = performance.now()
  }

  readonly onResize = (): void => {
    this.follow(this.rows)
    this.fill()
  }

  /** Rows that were not measured before may have been taller than they were thought to be. */
  readonly onScrollEnd = (): void => {
    const handle = this.list.current
    if (this.stuck && handle && handle.scrollSize - handle.viewportSize - handle.scrollOffset > 1)
      this.follow(this.rows)
  }

  /** There are so many rows now. */
  readonly follow = (rows: number): void => {
    this.rows = rows
    this.layoutAt = performance.now()
    if (this.stuck && rows > 0) this.list.current?.scrollToIndex(rows - 1, { align: 'end' })
  }

  readonly toBottom = (): void => {
    this.stick(true)
    this.follow(this.rows)
  }

  /** Lets go of the lower end, to stay at a message. */
  readonly release = (): void => this.stick(false)

  private isMeant(): boolean {
    const now = performance.now()
    return now - this.handAt < HAND_MS || now - this.layoutAt > LAYOUT_MS
  }

  private stick(stuck: boolean): void {
    if (stuck === this.stuck) return
    this.stuck = stuck
    setAtBottom(this.roomId, stuck)
    this.onStuck(stuck)
  }

  private fill(): void {
    if (this.rows > 0 && this.list.current && this.list.current.scrollOffset < AHEAD_PX) void loadOlder(this.roomId)
  }
}

export function useStickyScroll(list: RefObject<VirtualizerHandle | null>, roomId: string) {
  const [atBottom, setBottom] = useState(true)
  const scroll = useMemo(() => new StickyScroll(list, roomId, setBottom), [list, roomId])
  useEffect(() => {
    setAtBottom(roomId, true)
    return () => setAtBottom(roomId, false)
  }, [roomId])
  const { onScroll, onScrollEnd, onHand, onResize, follow, toBottom, release } = scroll
  return { atBottom, onScroll, onScrollEnd, onHand, onResize, follow, toBottom, release }
}
