/** Whether a message is received must not depend on the order in which logs come. */
import { expect, test } from 'vitest'
import type { Log } from '../../../src-main/log/log.js'
import {
  encodeHeads,
  encodePush,
  encodeRoster,
  type Frame,
  type SignedHead
} from '../../../src-main/protocol/room-messages.js'
import { decodeRosterRecord, type RosterRecord } from '../../../src-main/protocol/roster.js'
import { connect, type Device, openDevice } from '../../helpers/devices.js'
import { eventually } from '../../helpers/eventually.js'
import { HostilePeer } from '../../helpers/hostile-peer.js'
import { testRoom } from '../../helpers/replicas.js'

/** A replica by hand that names all that this device holds, and sends the logs in the order given. */
async function sendInOrder(from: Device, to: Device, logs: readonly Log[]): Promise<void> {
  const peer = (await HostilePeer.connect(to.asReplica)).open()
  await peer.message('heads')
  const records = from.store.rooms.load(from.keys.roomId).map(decodeRosterRecord) as RosterRecord[]
  peer.send('roster', encodeRoster(records))
  const all = logs.map((log) => from.replica.log(log.key) as Log)
  peer.send('heads', encodeHeads({ rows: all.map((log) => log.head() as SignedHead), last: true }))
  for (const log of all) {
    const frame = (await log.frameFrom(0)) as Frame
    peer.send('push', encodePush({ ...frame, kind: 'push' }))
    await eventually(() => to.store.logs.find(log.key)?.folded === log.length)
  }
}

async function answered() {
  const keys = testRoom()
  const [alice, bob] = [await openDevice(keys), await openDevice(keys, { name: 'Bob' })]
  await alice.say('one')
  await connect(alice, bob)
  await bob.until('one')
  await bob.say('I see')
  await alice.until('I see')
  return { alice, bob }
}

test.each([
  ['before', true],
  ['after', false]
])('who gets the own log %s the answers that name it knows that it was received', async (_, ownFirst) => {
  const { alice, bob } = await answered()
  const tablet = await openDevice(alice.keys, { sibling: alice })
  const logs = [alice.log, bob.log]
  await sendInOrder(alice, tablet, ownFirst ? logs : logs.reverse())
  expect(tablet.states()).toEqual(['received'])
})
