import { afterAll, beforeAll, expect, test } from 'vitest'
import { hash, randomBytes } from '../../../src-main/protocol/crypto.js'
import { decodeKey, encodeKey, encodeMessageId } from '../../../src-main/protocol/ids.js'
import { localDht } from '../../helpers/local-dht.js'
import { member, type TestNode } from '../../helpers/nodes.js'

const someKey = () => encodeKey(randomBytes(32))
const someMessage = () => encodeMessageId(randomBytes(16))

let alice: TestNode
let nobody: TestNode
let roomId: string
let link: string

beforeAll(async () => {
  const dht = await localDht(afterAll)
  alice = await member(dht, 'Alice', { teardown: afterAll })
  nobody = await member(dht, null, { teardown: afterAll })
  roomId = (await alice.call('rooms.create', { name: 'Garden' })).roomId
  link = (await alice.call('rooms.invite', { roomId })).link
})

test('without an account, everything but its creation and the network’s status says so', async () => {
  const commands: Record<string, unknown> = {
    'account.get': {},
    'rooms.create': { name: 'Garden' },
    'rooms.list': {},
    'rooms.join': { link },
    'rooms.invite': { roomId },
    'rooms.leave': { roomId },
    'messages.send': { roomId, text: 'hi' },
    'messages.page': { roomId, limit: 1 },
    'messages.read': { roomId, messageId: someMessage() },
    'rootPeers.add': { key: someKey() },
    'rootPeers.list': {}
  }
  for (const [command, args] of Object.entries(commands)) {
    expect([command, await nobody.codeOf(command, args)]).toEqual([command, 'NO_ACCOUNT'])
  }
  expect(await nobody.ask('network.status')).toMatchObject({ result: { peers: 0, rootPeers: 0 } })
})

test('a second account is refused, and the first one stays', async () => {
  const before = await alice.call('account.get', {})
  expect(await alice.codeOf('account.create', { name: 'Mallory' })).toBe('ACCOUNT_EXISTS')
  expect(await alice.call('account.get', {})).toEqual(before)
})

test('a room that is not here is not found', async () => {
  const commands: Record<string, unknown> = {
    'rooms.invite': {},
    'rooms.leave': {},
    'messages.send': { text: 'hi' },
    'messages.page': { limit: 1 },
    'messages.read': { messageId: someMessage() }
  }
  for (const [command, args] of Object.entries(commands)) {
    expect([command, await alice.codeOf(command, { roomId: someKey(), ...(args as object) })]).toEqual([
      command,
      'NOT_FOUND'
    ])
  }
  expect(await alice.codeOf('rootPeers.add', { key: someKey(), roomId: someKey() })).toBe('NOT_FOUND')
})

test('a message that is not here is not found', async () => {
  expect(await alice.codeOf('messages.read', { roomId, messageId: someMessage() })).toBe('NOT_FOUND')
})

test('what is no invite, or only part of one, is invalid', async () => {
  const changed = `${link.slice(0, 40)}${link[40] === 'A' ? 'B' : 'A'}${link.slice(41)}`
  for (const bad of ['', 'hello', 'https://example.org', link.slice(0, -1), `${link}A`, changed, link.toUpperCase()]) {
    expect([bad, await alice.codeOf('rooms.join', { link: bad })]).toEqual([bad, 'INVITE_INVALID'])
  }
})

test('an invite of a later version says so', async () => {
  const body = Buffer.from(link.slice('mangrove://join/'.length), 'base64url').subarray(0, -4)
  body[0] = 2
  const later = Buffer.concat([body, hash([body]).subarray(0, 4)]).toString('base64url')
  expect(await alice.codeOf('rooms.join', { link: `mangrove://join/${later}` })).toBe('INVITE_NEWER')
})

test('this node is no root peer of its own', async () => {
  expect(await alice.codeOf('rootPeers.add', { key: alice.key })).toBe('BAD_ARGUMENT')
  expect((await alice.call('rootPeers.list', {})).rootPeers).toEqual([])
})

test('a page has between 1 and 200 messages, and a cursor is what a page returned', async () => {
  for (const limit of [0, 201, 1.5, '5', undefined]) {
    expect(await alice.codeOf('messages.page', { roomId, limit })).toBe('BAD_ARGUMENT')
  }
  for (const before of ['', 'rubbish', 'o.1', 'm.1.2.3', 5]) {
    expect([before, await alice.codeOf('messages.page', { roomId, limit: 1, before })]).toEqual([
      before,
      'BAD_ARGUMENT'
    ])
  }
  expect(await alice.codeOf('messages.page', { roomId, limit: 200 })).toBeNull()
})

test('a text over 32 KiB is too large, and one of exactly that comes back whole', async () => {
  const text = 'ü'.repeat(16 * 1024)
  expect(await alice.codeOf('messages.send', { roomId, text: `${text}.` })).toBe('TOO_LARGE')
  await alice.call('messages.send', { roomId, text })
  expect((await alice.texts(roomId)).at(-1)).toBe(text)
})

test('ids come as z-base-32 or hex', async () => {
  expect(await alice.codeOf('rooms.invite', { roomId: decodeKey(roomId).toString('hex') })).toBeNull()
  expect(await alice.codeOf('rooms.invite', { roomId: roomId.slice(1) })).toBe('BAD_ARGUMENT')
})
