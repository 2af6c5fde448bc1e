/** The contract between a node and whoever uses it: one map for electron, web, the local socket and tests. */
import type { z } from 'zod'
import { commands } from './commands.js'
import { ERROR_CODES, type ErrorCode, type ErrorView } from './errors.js'
import { events } from './events.js'

export const contract = { commands, events, errors: ERROR_CODES } as const

export type CommandName = keyof typeof commands
/** What a handler gets: validated, ids in z-base-32. */
export type CommandArgs<Name extends CommandName> = z.output<(typeof commands)[Name]['args']>
/** What a caller may pass: ids also in hex. */
export type CommandInput<Name extends CommandName> = z.input<(typeof commands)[Name]['args']>
export type CommandResult<Name extends CommandName> = z.output<(typeof commands)[Name]['result']>

export type EventName = keyof typeof events
export type EventMap = { [Name in EventName]: z.output<(typeof events)[Name]> }

export const COMMAND_NAMES = Object.keys(commands) as CommandName[]
export const EVENT_NAMES = Object.keys(events) as EventName[]

export {
  MAX_NAME_GRAPHEMES,
  MAX_PAGE,
  MAX_ROOM_NAME_BYTES,
  MAX_TEXT_BYTES
} from './limits.js'
export type {
  AccountView,
  AuthorView,
  InvitePreviewView,
  MemberView,
  MessageState,
  MessageView,
  NetworkStatusView,
  RoomRootPeerView,
  RoomView,
  RootPeerState,
  RootPeerView
} from './views.js'
export { ERROR_CODES, type ErrorCode, type ErrorView }
