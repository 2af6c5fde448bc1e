import { expect, it } from 'vitest'
import { Access } from '../../../../src-main/hosts/web/access.js'

it('exchanges a token once', () => {
  const access = new Access()
  const token = access.createToken()
  const session = access.exchange(token)
  expect(access.isSession(session)).toBe(true)
  expect(access.exchange(token)).toBeNull()
})

it('refuses what it never gave out', () => {
  const access = new Access()
  const token = access.createToken()
  expect(access.exchange('')).toBeNull()
  expect(access.exchange(token.slice(1))).toBeNull()
  for (const secret of ['', token, null, undefined, {}, 7]) expect(access.isSession(secret)).toBe(false)
})

it('lets a token for an opened browser expire', () => {
  let now = 0
  const access = new Access(() => now)
  const [soon, never] = [access.createToken(30_000), access.createToken()]
  now = 30_001
  expect(access.exchange(soon)).toBeNull()
  expect(access.exchange(never)).not.toBeNull()
})

it('keeps a bounded number of tokens and sessions, the newest', () => {
  const access = new Access()
  const tokens = Array.from({ length: 17 }, () => access.createToken())
  expect(access.exchange(tokens[0] ?? '')).toBeNull()
  const sessions = Array.from({ length: 33 }, () => access.exchange(access.createToken()))
  expect(access.isSession(sessions[0])).toBe(false)
  expect(access.isSession(sessions[32])).toBe(true)
})
