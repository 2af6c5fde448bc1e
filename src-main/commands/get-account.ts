/** `account.get`: who uses this profile. */
import type { AccountView } from '../../src-preload/contract/index.js'
import { encodeKey } from '../protocol/ids.js'
import type { CommandContext } from './context.js'

export function getAccount(context: CommandContext): AccountView {
  const account = context.account()
  return { id: encodeKey(account.identityKey), name: account.name }
}
