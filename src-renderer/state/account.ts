/** Who I am here. `none`: this profile has no account yet. */
import { create } from 'zustand'
import type { AccountView } from '../../src-preload/contract/index.js'
import { call } from '../bridge.js'
import { BridgeError } from '../lib/bridge-error.js'

type AccountState = { status: 'loading' | 'none' } | { status: 'ready'; account: AccountView }

export const useAccountState = create<{ state: AccountState }>(() => ({ state: { status: 'loading' } }))

const set = (state: AccountState) => useAccountState.setState({ state })

export async function refreshAccount(): Promise<void> {
  try {
    set({ status: 'ready', account: await call('account.get', {}) })
  } catch (error) {
    if (BridgeError.from(error).code === 'NO_ACCOUNT') set({ status: 'none' })
  }
}

/** Throws BridgeError. An account that another tab made meanwhile is as good. */
export async function createAccount(name: string): Promise<void> {
  try {
    set({ status: 'ready', account: await call('account.create', { name }) })
  } catch (error) {
    if (BridgeError.from(error).code !== 'ACCOUNT_EXISTS') throw error
    await refreshAccount()
  }
}

const NOBODY: AccountView = { id: '', name: '' }

/** Mine; only asked for where there is an account. */
export function useMe(): AccountView {
  return useAccountState(({ state }) => (state.status === 'ready' ? state.account : NOBODY))
}
