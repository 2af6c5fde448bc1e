import { expect, test } from 'vitest'
import { signKeyPair } from '../../../src-main/protocol/crypto.js'
import { encodeHeads } from '../../../src-main/protocol/room-messages.js'
import { connect, type Device, openDevice } from '../../helpers/devices.js'
import { eventually } from '../../helpers/eventually.js'
import { HostilePeer } from '../../helpers/hostile-peer.js'
import { testRoom } from '../../helpers/replicas.js'
import { addLog } from '../../helpers/store.js'

async function pair() {
  const keys = testRoom()
  const [alice, bob] = [await openDevice(keys), await openDevice(keys, { name: 'Bob' })]
  await alice.say('one')
  await alice.written()
  return { alice, bob, root: bob.noise.publicKey }
}

const becomes = (device: Device, states: string[], roots: Buffer[] = []) =>
  eventually(() => device.states(roots).join() === states.join(), 10_000, states.join())

test('a message that nobody has is saved', async () => {
  const { alice, root } = await pair()
  expect(alice.states([root])).toEqual(['saved'])
})

test('a message is stored when a pinned root peer acknowledged it, and no other replica', async () => {
  const { alice, bob, root } = await pair()
  await connect(alice, bob)
  await becomes(alice, ['stored'], [root])
  expect(alice.states([signKeyPair().publicKey])).toEqual(['saved'])
  expect(alice.states()).toEqual(['saved'])
})

test('a replica that comes back and names less lowers the state', async () => {
  const { alice, bob, root } = await pair()
  const link = await connect(alice, bob)
  await becomes(alice, ['stored'], [root])
  await link.cut()
  const peer = (await HostilePeer.connect(alice.asReplica, bob.noise)).open()
  await peer.message('heads')
  peer.send('heads', encodeHeads({ rows: [], last: true }))
  await becomes(alice, ['saved'], [root])
})

test('a replica that lost everything is sent it again, and then the message is stored', async () => {
  const { alice, bob, root } = await pair()
  const link = await connect(alice, bob)
  await becomes(alice, ['stored'], [root])
  await link.cut()
  const emptied = await openDevice(alice.keys, { name: 'Bob', noise: bob.noise })
  const heard = new Promise((resolve) => alice.replica.on('heard', resolve))
  await connect(alice, emptied)
  await heard
  await emptied.until('one')
  await becomes(alice, ['stored'], [root])
})

test('a replica that refuses the room lowers the state', async () => {
  const { alice, bob, root } = await pair()
  await connect(alice, bob)
  await becomes(alice, ['stored'], [root])
  alice.delivery.replicaRefused(root)
  expect(alice.states([root])).toEqual(['saved'])
})

test('a message is received when another identity’s entry names it in its heads', async () => {
  const { alice, bob } = await pair()
  await connect(alice, bob)
  await bob.until('one')
  await bob.say('I see')
  await becomes(alice, ['received'])
  await alice.say('and this?')
  await becomes(alice, ['received', 'saved'])
})

test('what another device of the same person has is not received', async () => {
  const { alice } = await pair()
  const tablet = await openDevice(alice.keys, { sibling: alice })
  await connect(alice, tablet)
  await tablet.until('one')
  await tablet.say('from my tablet')
  await alice.until('from my tablet')
  expect(alice.states()).toEqual(['saved', 'saved'])
})

test('a message in two logs has the best state of both', async () => {
  const { alice, bob, root } = await pair()
  await connect(alice, bob)
  await becomes(alice, ['stored'], [root])
  const { store, index } = alice
  const [row] = store.messages.page(index.room, null, 1)
  const other = addLog(store, index.room, alice.account.identityKey)
  if (!row) throw new Error('no message')
  store.messages.add({ ...row, room: index.room, log: other.log, logKey: other.logKey, lamport: 0 })
  expect(store.messages.find(index.room, row.messageId)?.logKey).toEqual(other.logKey)
  expect(alice.states([root])).toEqual(['stored'])
})

test('in a room of more than 32 devices nothing is shown as received', async () => {
  const { alice, bob, root } = await pair()
  await connect(alice, bob)
  await bob.until('one')
  await bob.say('I see')
  await becomes(alice, ['received'])
  for (let i = 0; i < 30; i++) addLog(alice.store, alice.index.room)
  expect(alice.states([root])).toEqual(['received'])
  addLog(alice.store, alice.index.room)
  expect(alice.states([root])).toEqual(['stored'])
})
