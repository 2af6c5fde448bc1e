/** `account.create`: a new identity on this device. */
import type { AccountView } from '../../src-preload/contract/index.js'
import { encodeKey } from '../protocol/ids.js'
import type { CommandContext } from './context.js'

export function createAccount(context: CommandContext, args: { name: string }): AccountView {
  const account = context.createAccount(args.name)
  return { id: encodeKey(account.identityKey), name: account.name }
}
