/** What a command was refused with. Codes are part of the contract, messages are the node's own sentence. */
import type { ErrorCode } from '../../src-preload/contract/index.js'

const CODE_PREFIX = /\b([A-Z]{2,}(?:_[A-Z]+)*): (.+)$/s

export class BridgeError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string
  ) {
    super(message)
    this.name = 'BridgeError'
  }

  /** Errors lose their class on the way through a preload; the code is a property then, or stands before the text. */
  static from(error: unknown): BridgeError {
    if (error instanceof BridgeError) return error
    if (hasCode(error)) return new BridgeError(error.code as ErrorCode, error.message)
    const text = error instanceof Error ? error.message : String(error)
    const prefixed = CODE_PREFIX.exec(text)
    return prefixed
      ? new BridgeError(prefixed[1] as ErrorCode, prefixed[2] as string)
      : new BridgeError('INTERNAL', text)
  }
}

function hasCode(error: unknown): error is { code: string; message: string } {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('message' in error)) return false
  return typeof error.code === 'string' && typeof error.message === 'string'
}
