/** Waiting with an end. */
import type { Clock } from '../lib/clock.js'

/** True if `work` settled within `ms`; false if not, and then nobody waits for it any more. Never throws. */
export function within(ms: number, work: Promise<unknown>, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, () => resolve(false))
    const settled = () => {
      cancel()
      resolve(true)
    }
    work.then(settled, settled)
  })
}
