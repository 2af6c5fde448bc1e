import { expect, test, vi } from 'vitest'
import { type KeyPair, signKeyPair } from '../../../src-main/protocol/crypto.js'
import { encodePositions, type Head } from '../../../src-main/protocol/entry.js'
import { logPrefix } from '../../../src-main/protocol/ids.js'
import type { RoomKeys } from '../../../src-main/protocol/room-keys.js'
import { encodeSignal } from '../../../src-main/protocol/room-messages.js'
import { sealSignal } from '../../../src-main/protocol/signal.js'
import { connect, connectWriter, openDevice } from '../../helpers/devices.js'
import { eventually } from '../../helpers/eventually.js'
import { HostilePeer } from '../../helpers/hostile-peer.js'
import { testRoom } from '../../helpers/replicas.js'
import { addLog } from '../../helpers/store.js'
import { Person } from '../../helpers/written-logs.js'

const FIVE_MINUTES = 5 * 60_000

test('a moment after messages came, a signal says so while both are there', async () => {
  const keys = testRoom()
  const [alice, bob] = [await openDevice(keys), await openDevice(keys, { name: 'Bob' })]
  await Promise.all([alice.written(), bob.written()])
  await connect(alice, bob)
  await alice.say('one')
  await bob.until('one')
  await eventually(() => alice.replica.logs.size === 2 && alice.store.logs.find(bob.log.key)?.device)
  bob.clock.advance(30)
  await eventually(() => alice.states().join() === 'received')
  expect(bob.log.length).toBe(1)
})

/** Alice, with two entries of her own, knows Bob's log; a peer of hers says whatever it likes. */
async function scene() {
  const keys = testRoom()
  const alice = await openDevice(keys)
  await alice.say('one')
  await alice.written()
  const bob = new Person('Bob')
  const log = bob.log(keys).text('hello')
  await connectWriter(alice, log)
  await alice.until('hello')
  const peer = (await HostilePeer.connect(alice.asReplica)).open()
  await peer.message('heads')
  const came = vi.spyOn(alice.signals, 'came')
  return { keys, alice, bob, log, peer, came }
}

interface Said {
  readonly counter?: number
  readonly time?: number
  readonly heads?: Head[]
  readonly device?: KeyPair
  readonly keys?: RoomKeys
}

function signal({ keys, alice, bob, log }: Awaited<ReturnType<typeof scene>>, said: Said = {}) {
  const { counter = Date.now(), time = Date.now(), device = bob.device.signing } = said
  const heads = said.heads ?? [{ log: Buffer.from(logPrefix(alice.log.key)), length: 2 }]
  return sealSignal(
    said.keys ?? keys,
    { logKey: log.key, counter, time, body: encodePositions({ received: heads, away: false }) },
    device.secretKey
  )
}

/** Sends what should be dropped, then a good one that says less, and looks what counted. */
async function expectDropped(at: Awaited<ReturnType<typeof scene>>, bad: ReturnType<typeof signal>): Promise<void> {
  const { alice, peer } = at
  peer.send('signal', encodeSignal(bad))
  const modest = signal(at, {
    counter: Date.now() + 1000,
    heads: [{ log: Buffer.from(logPrefix(alice.log.key)), length: 1 }]
  })
  peer.send('signal', encodeSignal(modest))
  await eventually(() => alice.store.acks.received(alice.log.key) > 0)
  expect(alice.store.acks.received(alice.log.key)).toBe(1)
}

test('a good signal counts, whoever brings it', async () => {
  const at = await scene()
  at.peer.send('signal', encodeSignal(signal(at)))
  await eventually(() => at.alice.states().join() === 'received')
})

test('a signal signed by another device is dropped', async () => {
  const at = await scene()
  await expectDropped(at, signal(at, { device: signKeyPair() }))
})

test('a signal sealed for another room is dropped', async () => {
  const at = await scene()
  await expectDropped(at, signal(at, { keys: testRoom() }))
})

test('a signal whose counter was changed on its way is dropped', async () => {
  const at = await scene()
  await expectDropped(at, { ...signal(at), counter: Date.now() + 5 })
})

test('a signal in the name of another log is dropped', async () => {
  const at = await scene()
  await expectDropped(at, { ...signal(at), logKey: at.alice.log.key })
})

test('a signal older than five minutes is dropped', async () => {
  const at = await scene()
  await expectDropped(at, signal(at, { time: Date.now() - FIVE_MINUTES - 1000 }))
})

test('a signal that names more than there is is dropped', async () => {
  const at = await scene()
  await expectDropped(at, signal(at, { heads: [{ log: Buffer.from(logPrefix(at.alice.log.key)), length: 99 }] }))
})

test('a signal from this identity’s own other device is no proof of receipt', async () => {
  const at = await scene()
  const tablet = await openDevice(at.keys, { sibling: at.alice })
  await connect(at.alice, tablet)
  await tablet.until('one')
  await eventually(() => at.alice.store.logs.find(tablet.log.key)?.device)
  tablet.clock.advance(30)
  await eventually(() => at.came.mock.results.some(({ value }) => value === true))
  expect(at.alice.store.acks.received(at.alice.log.key)).toBe(0)
})

test('a signal that was heard once does not count again', async () => {
  const at = await scene()
  const once = signal(at)
  at.peer.send('signal', encodeSignal(once))
  await eventually(() => at.came.mock.calls.length === 1)
  at.peer.send('signal', encodeSignal(once))
  at.peer.send('signal', encodeSignal(signal(at, { counter: once.counter + 1000 })))
  await eventually(() => at.came.mock.calls.length === 2)
  expect(at.came.mock.calls[1]?.[0]?.counter).toBe(once.counter + 1000)
})

test('a forged counter does not keep the device’s own signals out', async () => {
  const at = await scene()
  const forged = signal(at, { device: signKeyPair(), counter: Date.now() + FIVE_MINUTES - 5000 })
  at.peer.send('signal', encodeSignal(forged))
  at.peer.send('signal', encodeSignal(signal(at)))
  await eventually(() => at.alice.states().join() === 'received')
})

test('in a room of more than 32 devices signals say who is there, and nothing of what was received', async () => {
  const keys = testRoom()
  const [alice, bob] = [await openDevice(keys), await openDevice(keys, { name: 'Bob' })]
  await Promise.all([alice.written(), bob.written()])
  for (let i = 0; i < 32; i++) addLog(bob.store, bob.index.room)
  const heard = vi.spyOn(alice.signals, 'came')
  await connect(alice, bob)
  await alice.say('one')
  await bob.until('one')
  await eventually(() => alice.store.logs.find(bob.log.key)?.device)
  bob.clock.advance(30)
  await eventually(() => heard.mock.results.some(({ value }) => value === true))
  expect(alice.signals.isHere(bob.index.me)).toBe(true)
  expect(alice.store.acks.received(alice.log.key)).toBe(0)
})
