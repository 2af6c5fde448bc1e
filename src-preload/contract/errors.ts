/** Error codes are part of the contract: scripts and the interface rely on them. */
export const ERROR_CODES = [
  'BAD_ARGUMENT',
  'UNKNOWN_COMMAND',
  'NOT_FOUND',
  'NO_ACCOUNT',
  'ACCOUNT_EXISTS',
  'LOCKED',
  'NOT_RUNNING',
  'PROFILE_IN_USE',
  'STORAGE_UNWRITABLE',
  'STORAGE_FULL',
  'PORT_IN_USE',
  'INVITE_INVALID',
  'INVITE_NEWER',
  'TOO_LARGE',
  'REFUSED',
  'UNAVAILABLE',
  'INTERNAL'
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** What crosses a carrier instead of a result. */
export interface ErrorView {
  code: ErrorCode
  message: string
}
