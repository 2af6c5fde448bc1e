/** Time that passes only when a test says so. */
import type { Clock } from '../../src-main/lib/clock.js'

export class ManualClock implements Clock {
  #now = 1_000_000
  #timers: { at: number; run: () => void }[] = []

  now(): number {
    return this.#now
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  get pending(): number {
    return this.#timers.length
  }

  /** Runs what falls due within `ms`, in order, also what that starts. */
  advance(ms: number): void {
    const end = this.#now + ms
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers = this.#timers.filter((other) => other !== next)
      this.#now = next.at
      next.run()
    }
    this.#now = end
  }

  /** Somebody sets the clock back; waits go on as long as they would have. */
  setBack(ms: number): void {
    this.#now -= ms
    for (const timer of this.#timers) timer.at -= ms
  }

  #next(end: number): { at: number; run: () => void } | undefined {
    return this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
  }
}

/** The system's clock with waits shortened by `factor`, so that tests of long waits still wait for events only. */
export function hurriedClock(factor: number): Clock {
  return {
    now: () => Date.now() * factor,
    after: (ms, run) => {
      const timer = setTimeout(run, ms / factor)
      return () => clearTimeout(timer)
    }
  }
}
