/** How a host that cannot start or go on says so: one sentence on stderr, exit code 1. */
import { toMangroveError } from '../../lib/errors.js'
import type { Logger } from '../../lib/logger.js'

/** What is not our own error goes to the log with its stack; the sentence stays plain. */
export function reportFailure(thrown: unknown, logger?: Logger): void {
  const error = toMangroveError(thrown)
  if (error.code === 'INTERNAL') logger?.error({ err: error.cause ?? error }, 'failed')
  process.stderr.write(`mangrove: ${error.message}\n`)
  process.exitCode = 1
}
