/** A fresh member joins a full room at a root peer: until all is in its index, and until the newest 50 are visible. */
import { encodeKey } from '../../../src-main/protocol/ids.js'
import { encodeInvite } from '../../../src-main/protocol/invite.js'
import { roomKeys } from '../../../src-main/protocol/room-keys.js'
import { now, sleep } from '../clock.js'
import { Crowd, plannedRooms } from '../crowd.js'
import { inLab, type Lab } from '../lab.js'
import type { PlannedRoom } from '../programs/pushers.js'
import type { Sizes } from '../sizes.js'
import { percentile, spread } from '../statistics.js'
import type { Row } from '../table.js'
import { textOf } from '../written-log.js'
import { openMember } from './latency.js'

const PER_APPEND = 16
const NEWEST = 50

interface CaughtUp {
  readonly all: number
  readonly newest: number
}

export async function catchUp(sizes: Sizes): Promise<Row[]> {
  const runs: CaughtUp[] = []
  for (let round = 0; round < sizes.rounds; round++) runs.push(await run(sizes))
  const all = runs.map((caught) => caught.all / 1000)
  const newest = runs.map((caught) => caught.newest / 1000)
  const what = `${sizes.catchUpLogs} logs x ${sizes.catchUpEntries} entries`
  const kept = (values: number[], most: number) => ({ budget: `< ${most} s`, kept: percentile(values, 0.5) < most })
  return [
    { what: `${what} into a fresh index`, value: `${spread(all, 2)} s`, ...kept(all, 4) },
    { what: `${what}: newest ${NEWEST} visible`, value: `${spread(newest, 2)} s`, ...kept(newest, 1) }
  ]
}

function run(sizes: Sizes): Promise<CaughtUp> {
  return inLab(async (lab) => {
    const [room] = plannedRooms(1) as [PlannedRoom]
    const rootPeer = await lab.rootPeer()
    await fill(lab, room, rootPeer.key, sizes)
    const bob = await openMember(lab, 'Bob')
    await bob.ask.call({ name: 'rootPeers.add', args: { key: encodeKey(rootPeer.key) } })
    while (!(await isConnected(bob))) await sleep(50)
    const link = inviteOf(room, rootPeer.key)
    const startedAt = now()
    const { roomId } = (await bob.ask.call({ name: 'rooms.join', args: { link } })) as { roomId: string }
    await bob.ask.watch({ roomId, limit: Math.max(NEWEST, sizes.catchUpLogs) })
    const [newest, all] = await Promise.all([
      bob.ask.untilSeen(newestTexts(sizes)),
      bob.ask.untilSeen(lastTexts(sizes))
    ])
    await expectAll(bob, sizes)
    return { all: all - startedAt, newest: newest - startedAt }
  })
}

async function fill(lab: Lab, room: PlannedRoom, key: Buffer, sizes: Sizes): Promise<void> {
  const { catchUpLogs: peers, catchUpEntries: entries, processes } = sizes
  const crowd = await Crowd.gather(lab, { rooms: [room], peers, processes, entries, perAppend: PER_APPEND })
  await crowd.connect(key)
  await crowd.pushAll()
  await crowd.leave()
}

async function expectAll(bob: Awaited<ReturnType<typeof openMember>>, sizes: Sizes): Promise<void> {
  const { rooms } = (await bob.ask.call({ name: 'rooms.list', args: {} })) as { rooms: { unread: number }[] }
  const expected = sizes.catchUpLogs * (sizes.catchUpEntries - 1)
  if (rooms[0]?.unread !== expected) throw new Error(`${rooms[0]?.unread} of ${expected} messages are in the index`)
}

async function isConnected(bob: Awaited<ReturnType<typeof openMember>>): Promise<boolean> {
  const { peers } = (await bob.ask.call({ name: 'network.status', args: {} })) as { peers: number }
  return peers > 0
}

function inviteOf({ secret, creator }: PlannedRoom, key: Buffer): string {
  const keys = roomKeys(Buffer.from(secret), Buffer.from(creator))
  return encodeInvite({ secret: keys.secret, creator: keys.creator, rootPeers: [key], inviter: key, name: 'Bench' })
}

/** The logs take turns in Lamport time, so the newest are the last entries of the last logs, then those before. */
function newestTexts({ catchUpLogs: logs, catchUpEntries: entries }: Sizes): string[] {
  const count = Math.min(NEWEST, logs * (entries - 1))
  return Array.from({ length: count }, (_, i) => textOf(logs - 1 - (i % logs), entries - 1 - Math.floor(i / logs)))
}

/** Logs are folded from their beginnings on, so these are there when everything is. They are the newest of all. */
function lastTexts({ catchUpLogs: logs, catchUpEntries: entries }: Sizes): string[] {
  return Array.from({ length: logs }, (_, log) => textOf(log, entries - 1))
}
