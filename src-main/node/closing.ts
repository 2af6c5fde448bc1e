/** What was opened is closed in reverse. A step that fails is logged, and the next one runs. */
import type { Logger } from '../lib/logger.js'

export type Closing = readonly [name: string, close: () => unknown]

export async function closeAll(steps: Closing[], logger: Logger): Promise<void> {
  for (const [name, close] of steps.splice(0).reverse()) {
    try {
      await close()
    } catch (error) {
      logger.error({ err: error }, `could not close: ${name}`)
    }
  }
}
