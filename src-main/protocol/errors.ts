/** What a decoder throws. Peers' bad input is caught where it came in, counted and dropped. */
export type ProtocolErrorCode = 'BAD_ARGUMENT' | 'INVITE_INVALID' | 'INVITE_NEWER' | 'MALFORMED' | 'TOO_LARGE'

export class ProtocolError extends Error {
  readonly code: ProtocolErrorCode

  constructor(code: ProtocolErrorCode, message: string) {
    super(message)
    this.name = 'ProtocolError'
    this.code = code
  }
}

export function malformed(what: string): ProtocolError {
  return new ProtocolError('MALFORMED', what)
}
