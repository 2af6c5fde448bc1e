import './english.js'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { limitOf } from '../../../src-renderer/features/composer/limit.js'
import { findInvite } from '../../../src-renderer/features/invites/find-invite.js'
import { keepingOf } from '../../../src-renderer/features/root-peers/keeping.js'
import { findKey } from '../../../src-renderer/features/root-peers/key-field.js'

const KEY = 'ymu8hxx1fnwsgo9qm67o5yodeefd858ep3kpb4buqnkmaq3paxwo'

describe('keepingOf', () => {
  const rootPeer = (holdsAll: boolean, state: 'connected' | 'unreachable' = 'connected') => ({
    key: KEY,
    state,
    holdsAll
  })

  it('counts only root peers that hold all of the room', () => {
    const rootPeers = [rootPeer(true), rootPeer(false), rootPeer(true, 'unreachable')]
    expect(keepingOf({ rootPeers, members: 3 })).toMatchObject({ count: 2, line: 'Kept by 2 root peers' })
  })

  it('says what it waits for where none does', () => {
    expect(keepingOf({ rootPeers: [rootPeer(false)], members: 2 }).line).toBe('Root peer is catching up')
    expect(keepingOf({ rootPeers: [rootPeer(false, 'unreachable')], members: 2 }).line).toBe('Root peer out of reach')
  })

  it('tells being alone from having only each other', () => {
    expect(keepingOf({ rootPeers: [], members: 1 }).line).toBe('Kept by nobody else')
    expect(keepingOf({ rootPeers: [], members: 2 }).line).toBe('Kept by its people only')
  })
})

describe('limitOf', () => {
  it('is silent until a message is nearly full, then says how much is left, then how much is over', () => {
    expect(limitOf('hello')).toEqual({ over: false, note: null })
    expect(limitOf('a'.repeat(32_000))).toEqual({ over: false, note: '768 bytes left in this message.' })
    expect(limitOf('é'.repeat(17_000))).toMatchObject({ over: true })
  })
})

describe('findInvite', () => {
  it('finds the link in a sentence, and one that was broken over lines', () => {
    expect(findInvite('Come: mangrove://join/AQ-x_1 tonight')).toBe('mangrove://join/AQ-x_1')
    expect(findInvite('Mangrove://join/AQ')).toBe('mangrove://join/AQ')
    expect(findInvite('  nonsense ')).toBe('nonsense')
  })
})

describe('findKey', () => {
  it('takes a key with what was printed before it', () => {
    expect(findKey(`public key: ${KEY}\n`)).toBe(KEY)
    expect(findKey('ab'.repeat(32))).toBe('ab'.repeat(32))
  })

  it('refuses a part of one', () => {
    expect([findKey(KEY.slice(1)), findKey(`${KEY}y`), findKey('')]).toEqual([null, null, null])
  })
})

describe('drafts', () => {
  const stored = new Map<string, string>([['mangrove.draft.garden', 'begun']])

  beforeAll(() => {
    vi.stubGlobal('sessionStorage', {
      get length() {
        return stored.size
      },
      key: (index: number) => [...stored.keys()][index] ?? null,
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key)
    })
  })

  it('outlive a reload, and come back before what was begun meanwhile', async () => {
    const { restoreDraft, setDraft, useDrafts } = await import('../../../src-renderer/state/drafts.js')
    expect(useDrafts.getState().byRoom.garden).toBe('begun')
    setDraft('garden', 'next')
    restoreDraft('garden', 'failed')
    expect(stored.get('mangrove.draft.garden')).toBe('failed\nnext')
    setDraft('garden', '')
    expect(stored.has('mangrove.draft.garden')).toBe(false)
  })
})
