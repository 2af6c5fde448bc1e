import { expect, test } from 'vitest'
import { Account, type Vault } from '../../../src-main/account/account.js'
import { hex } from '../../../src-main/protocol/bytes.js'
import { randomBytes } from '../../../src-main/protocol/crypto.js'
import { verifyHello } from '../../../src-main/protocol/identity.js'
import { openSignal } from '../../../src-main/protocol/signal.js'
import { vaultOf } from '../../helpers/devices.js'
import { testRoom } from '../../helpers/replicas.js'
import { openStore } from '../../helpers/store.js'

const keys = testRoom()
const logKey = randomBytes(32)
const newVault = (): Vault => vaultOf(openStore())

test('an empty vault holds no account', () => {
  expect(Account.load(newVault())).toBeNull()
})

test('an account is loaded as it was created', () => {
  const vault = newVault()
  const created = Account.create(vault, 'Alice 🌱', 5)
  const loaded = Account.load(vault)
  expect(loaded?.identityKey).toEqual(created.identityKey)
  expect(loaded?.name).toBe('Alice 🌱')
  expect(loaded?.hello(keys.roomId, logKey)).toEqual(created.hello(keys.roomId, logKey))
})

test('a second account is refused, and the first one stays', () => {
  const vault = newVault()
  const first = Account.create(vault, 'Alice', 5)
  expect(() => Account.create(vault, 'Mallory', 6)).toThrow(expect.objectContaining({ code: 'ACCOUNT_EXISTS' }))
  expect(Account.load(vault)?.identityKey).toEqual(first.identityKey)
})

test('an account that could not be kept whole is not kept at all', () => {
  const store = openStore()
  const vault = vaultOf(store)
  const failing: Vault = {
    ...vault,
    setSecret: (name, value) => {
      if (name.startsWith('device.box')) throw new Error('The disk is full.')
      vault.setSecret(name, value)
    }
  }
  expect(() => Account.create(failing, 'Alice', 5)).toThrow()
  expect(vault.secret('identity.secret')).toBeNull()
  expect(Account.create(vault, 'Alice', 5).name).toBe('Alice')
})

test('its hello is valid for its log and room, and for no other', () => {
  const account = Account.create(newVault(), 'Alice', 5)
  const hello = account.hello(keys.roomId, logKey)
  expect(verifyHello(hello, keys.roomId, logKey)).toBe(true)
  expect(verifyHello(hello, keys.roomId, randomBytes(32))).toBe(false)
  expect(verifyHello(hello, randomBytes(32), logKey)).toBe(false)
})

test('its signals are signed by the device that its hello names', () => {
  const account = Account.create(newVault(), 'Alice', 5)
  const signal = account.sealSignal(keys, { logKey, counter: 1, time: 2, body: Buffer.from('here') })
  const { deviceKey } = account.hello(keys.roomId, logKey)
  expect(openSignal(keys, signal, deviceKey).toString()).toBe('here')
  expect(() => openSignal(keys, signal, account.identityKey)).toThrow()
})

test('a renewed device belongs to the same identity and shares no key with the one before', () => {
  const vault = newVault()
  const before = Account.create(vault, 'Alice', 5)
  vault.durable(() => Account.renewDevice(vault, 9))
  const after = Account.load(vault)
  if (!after) throw new Error('no account')
  const [old, fresh] = [before.hello(keys.roomId, logKey), after.hello(keys.roomId, logKey)]
  expect(after.identityKey).toEqual(before.identityKey)
  expect(after.name).toBe('Alice')
  expect(verifyHello(fresh, keys.roomId, logKey)).toBe(true)
  expect(fresh.certifiedAt).toBe(9)
  for (const field of ['deviceKey', 'deviceBoxKey', 'cert'] as const)
    expect(hex(fresh[field])).not.toBe(hex(old[field]))
})

test('without an account there is no device to renew', () => {
  const vault = newVault()
  Account.renewDevice(vault, 9)
  expect(Account.load(vault)).toBeNull()
})
