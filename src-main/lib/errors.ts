/** The one error class. Codes are stable and cross the bridge; causes and stacks stay in the log. */
import { ERROR_CODES, type ErrorCode } from '../../src-preload/contract/errors.js'

export { ERROR_CODES, type ErrorCode }

export class MangroveError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'MangroveError'
    this.code = code
  }
}

/** Anything thrown, as an error with a code: what is not ours becomes INTERNAL with a sentence that leaks nothing. */
export function toMangroveError(error: unknown): MangroveError {
  if (error instanceof MangroveError) return error
  return new MangroveError('INTERNAL', 'Something went wrong inside Mangrove. The log says more.', { cause: error })
}
