import { expect, test } from 'vitest'
import { boxKeyPair, randomBytes, signKeyPair } from '../../../src-main/protocol/crypto.js'
import type { Hello } from '../../../src-main/protocol/entry.js'
import { roomKeys } from '../../../src-main/protocol/room-keys.js'
import { testRoom } from '../../helpers/replicas.js'
import { Folder, Person, WrittenLog } from '../../helpers/written-logs.js'

const keys = testRoom()
const alice = new Person('Alice')
const mallory = new Person('Mallory')

type Forge = (hello: Hello, logKey: Buffer) => Hello

const forgeries: Record<string, Forge> = {
  'names another identity': (hello) => ({ ...hello, identityKey: alice.identity.publicKey }),
  'has a certificate by another identity': (hello) => ({ ...hello, cert: alice.device.cert }),
  'has a certificate with one bit changed': (hello) => ({ ...hello, cert: flipped(hello.cert) }),
  'names another device': (hello) => ({ ...hello, deviceKey: alice.device.signing.publicKey }),
  'names a device that nobody certified': (hello) => ({ ...hello, deviceKey: signKeyPair().publicKey }),
  'has another box key': (hello) => ({ ...hello, deviceBoxKey: boxKeyPair().publicKey }),
  'says another time of certification': (hello) => ({ ...hello, certifiedAt: hello.certifiedAt + 1 }),
  'has a signature of another log': (hello) => ({
    ...hello,
    logSignature: mallory.hello(keys, randomBytes(32)).logSignature
  }),
  'has a signature for another room': (hello, logKey) => ({
    ...hello,
    logSignature: mallory.hello(roomKeys(randomBytes(32), randomBytes(32)), logKey).logSignature
  }),
  'is Alice’s own, copied from her log': () => alice.hello(keys, alice.log(keys).key)
}

function flipped(bytes: Buffer): Buffer {
  const out = Buffer.from(bytes)
  out[0] = (out[0] ?? 0) ^ 1
  return out
}

for (const [what, forge] of Object.entries(forgeries)) {
  test(`a log whose hello ${what} is shown by nobody`, async () => {
    const log = new WrittenLog(keys)
    log.write(forge(mallory.hello(keys, log.key), log.key)).text('believe me')
    const folder = await new Folder(keys).fold(log)
    expect(folder.texts).toEqual([])
    expect(folder.store.logs.members(folder.index.room)).toBe(0)
    expect(folder.store.messages.fieldKeys(folder.index.room, 'member')).toEqual([])
    expect(folder.store.logs.find(log.key)).toMatchObject({ folded: 2, identity: null, shown: false })
  })
}

test('a log that begins with anything else is shown by nobody, also if a hello follows', async () => {
  const log = new WrittenLog(keys)
  log.text('first').write(mallory.hello(keys, log.key)).text('second')
  const folder = await new Folder(keys).fold(log)
  expect(folder.texts).toEqual([])
  expect(folder.store.logs.members(folder.index.room)).toBe(0)
})

test('a log whose first block nobody can open is shown by nobody', async () => {
  const log = new WrittenLog(keys).raw(randomBytes(256))
  log.write(mallory.hello(keys, log.key)).text('second')
  expect((await new Folder(keys).fold(log)).texts).toEqual([])
})

test('a second hello changes neither author nor name', async () => {
  const log = mallory.log(keys)
  log
    .write(alice.hello(keys, log.key))
    .write({ ...mallory.hello(keys, log.key), name: 'Alice' })
    .text('who am I?')
  const folder = await new Folder(keys).fold(log)
  const { messages } = folder.store
  expect(messages.page(folder.index.room, null, 9)).toMatchObject([{ identity: mallory.identity.publicKey }])
  expect(messages.fieldKeys(folder.index.room, 'member')).toEqual([
    { key: mallory.identity.publicKey, value: 'Mallory' }
  ])
})

test('a good hello makes its author a member under the name it says', async () => {
  const folder = await new Folder(keys).fold(alice.log(keys).text('hi'))
  expect(folder.texts).toEqual(['hi'])
  expect(folder.store.logs.members(folder.index.room)).toBe(1)
  expect(folder.store.messages.field(folder.index.room, 'member', alice.identity.publicKey)).toBe('Alice')
})

test('nobody renames another: a profile speaks for its own identity', async () => {
  const log = mallory.log(keys).write({ type: 'profile', name: 'Alice (real)' })
  const folder = await new Folder(keys).fold(alice.log(keys), log)
  expect(folder.store.messages.field(folder.index.room, 'member', alice.identity.publicKey)).toBe('Alice')
  expect(folder.store.messages.field(folder.index.room, 'member', mallory.identity.publicKey)).toBe('Alice (real)')
})
