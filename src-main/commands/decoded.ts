/** Text that a caller sent, read by a decoder of protocol/. */
import { ERROR_CODES, type ErrorCode, MangroveError } from '../lib/errors.js'
import { ProtocolError } from '../protocol/errors.js'

/** What the decoder refuses is the caller's mistake, under the decoder's own code if the contract has it. */
export function decoded<T>(text: string, decode: (text: string) => T): T {
  try {
    return decode(text)
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    const code = ERROR_CODES.find((known) => known === error.code) ?? ('BAD_ARGUMENT' satisfies ErrorCode)
    throw new MangroveError(code, error.message, { cause: error })
  }
}
