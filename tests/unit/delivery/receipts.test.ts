import { expect, test, vi } from 'vitest'
import { encodeHeads, encodePush, encodeRoster } from '../../../src-main/protocol/room-messages.js'
import { decodeRosterRecord, type RosterRecord } from '../../../src-main/protocol/roster.js'
import { connect, type Device, openDevice, reopen } from '../../helpers/devices.js'
import { eventually } from '../../helpers/eventually.js'
import { HostilePeer } from '../../helpers/hostile-peer.js'
import { testRoom } from '../../helpers/replicas.js'
import { addLog } from '../../helpers/store.js'

const MINUTE = 60_000

async function pair() {
  const keys = testRoom()
  const [alice, bob] = [await openDevice(keys), await openDevice(keys, { name: 'Bob' })]
  await Promise.all([alice.written(), bob.written()])
  await connect(alice, bob)
  return { alice, bob }
}

async function receipts(device: Device): Promise<number> {
  await device.written()
  return (await device.entries()).filter((entry) => entry?.body.type === 'receipt').length
}

/** Bob has folded this text of Alice. */
async function tell(alice: Device, bob: Device, text: string): Promise<void> {
  await alice.say(text)
  await bob.until(text)
}

/** What falls due is saved, and in the log. */
async function pass(device: Device, ms: number): Promise<void> {
  device.clock.advance(ms)
  await new Promise((resolve) => setImmediate(resolve))
  await device.written()
}

test('a second after messages came, a receipt says so for good', async () => {
  const { alice, bob } = await pair()
  await tell(alice, bob, 'one')
  await tell(alice, bob, 'two')
  await pass(bob, 999)
  expect(await receipts(bob)).toBe(0)
  await pass(bob, 1)
  expect(await receipts(bob)).toBe(1)
  await eventually(() => alice.states().join() === 'received,received')
})

test('there is at most one receipt a minute', async () => {
  const { alice, bob } = await pair()
  await tell(alice, bob, 'one')
  await pass(bob, 1000)
  await tell(alice, bob, 'two')
  await pass(bob, MINUTE - 1)
  expect(await receipts(bob)).toBe(1)
  await pass(bob, 1)
  expect(await receipts(bob)).toBe(2)
})

test('a clock that is set back delays a receipt by a minute at most', async () => {
  const { alice, bob } = await pair()
  bob.clock.advance(365 * 24 * 60 * MINUTE)
  await tell(alice, bob, 'one')
  await pass(bob, 1000)
  bob.clock.setBack(365 * 24 * 60 * MINUTE)
  await tell(alice, bob, 'two')
  await pass(bob, MINUTE)
  expect(await receipts(bob)).toBe(2)
})

test('nobody answers a receipt with a receipt', async () => {
  const { alice, bob } = await pair()
  await tell(alice, bob, 'one')
  await pass(bob, 1000)
  await eventually(() => alice.states().join() === 'received')
  await pass(alice, 2 * MINUTE)
  expect(await receipts(alice)).toBe(0)
  await pass(bob, 2 * MINUTE)
  expect(await receipts(bob)).toBe(1)
})

test('an answer says it as well, so that no receipt follows', async () => {
  const { alice, bob } = await pair()
  await tell(alice, bob, 'one')
  await bob.say('I see')
  await pass(bob, MINUTE)
  expect(await receipts(bob)).toBe(0)
  await eventually(() => alice.states().join() === 'received')
})

test('what was saved before the messages came does not stand for a receipt', async () => {
  const keys = testRoom()
  const alice = await openDevice(keys)
  await alice.say('one')
  await alice.written()
  const bob = await reopen(await (await openDevice(keys, { name: 'Bob' })).written())
  await bob.say('written before')
  const peer = (await HostilePeer.connect(bob.asReplica)).open()
  await peer.message('heads')
  const records = alice.store.rooms.load(keys.roomId).map((bytes) => decodeRosterRecord(bytes) as RosterRecord)
  const frame = await alice.log.frameFrom(0)
  if (!frame) throw new Error('no frame')
  peer.send('roster', encodeRoster(records))
  peer.send('heads', encodeHeads({ rows: [], last: false }))
  peer.send('push', encodePush({ ...frame, kind: 'push' }))
  await bob.until('one')
  peer.send('heads', encodeHeads({ rows: [], last: true }))
  await bob.written()
  await pass(bob, 1000)
  expect(await receipts(bob)).toBe(1)
})

test('in a room of more than 32 devices nobody sends receipts', async () => {
  const { alice, bob } = await pair()
  for (let i = 0; i < 32; i++) addLog(bob.store, bob.index.room)
  await tell(alice, bob, 'one')
  await pass(bob, MINUTE)
  expect(await receipts(bob)).toBe(0)
})

test('a receipt that could not be saved is made up for by the next', async () => {
  const { alice, bob } = await pair()
  await tell(alice, bob, 'one')
  vi.spyOn(bob.store.outbox, 'add').mockImplementationOnce(() => {
    throw new Error('The disk is full.')
  })
  await pass(bob, 1000)
  expect(await receipts(bob)).toBe(0)
  await tell(alice, bob, 'two')
  await pass(bob, MINUTE)
  expect(await receipts(bob)).toBe(1)
  await eventually(() => alice.states().join() === 'received,received')
})
