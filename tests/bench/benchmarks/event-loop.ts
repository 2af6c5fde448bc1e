/** How late a member's event loop comes while messages pour in from many neighbours and its page is read at each change. */
import { encodeInvite } from '../../../src-main/protocol/invite.js'
import { roomKeys } from '../../../src-main/protocol/room-keys.js'
import { Crowd, plannedRooms } from '../crowd.js'
import { inLab } from '../lab.js'
import type { PlannedRoom } from '../programs/pushers.js'
import type { Sizes } from '../sizes.js'
import { percentile, spread } from '../statistics.js'
import type { Row } from '../table.js'

interface Delays {
  readonly p50: number
  readonly p99: number
  readonly max: number
}

export async function eventLoop(sizes: Sizes): Promise<Row[]> {
  const runs: Delays[] = []
  for (let round = 0; round < sizes.rounds; round++) runs.push(await run(sizes))
  const p99 = runs.map((delays) => delays.p99)
  const longest = runs.map((delays) => delays.max)
  const what = `member, ${sizes.pacedPerSecond} messages/s from ${sizes.peers} neighbours`
  return [
    { what: `${what}: p99`, value: `${spread(p99, 1)} ms`, budget: '< 20 ms', kept: percentile(p99, 0.5) < 20 },
    { what: `${what}: longest`, value: `${spread(longest, 1)} ms` }
  ]
}

function run({ peers, processes, pacedPerSecond, pacedSeconds }: Sizes): Promise<Delays> {
  return inLab(async (lab) => {
    const rooms = plannedRooms(1) as [PlannedRoom]
    const entries = Math.ceil((pacedPerSecond * pacedSeconds) / peers)
    const crowd = await Crowd.gather(lab, { rooms, peers, processes, entries, perAppend: 1 })
    const bob = lab.member()
    const key = Buffer.from(await bob.ask.open({ storage: lab.folder(), bootstrap: lab.bootstrap }))
    await bob.ask.call({ name: 'account.create', args: { name: 'Bob' } })
    const { secret, creator } = roomKeys(Buffer.from(rooms[0].secret), Buffer.from(rooms[0].creator))
    const link = encodeInvite({ secret, creator, rootPeers: [], inviter: key, name: 'Bench' })
    const { roomId } = (await bob.ask.call({ name: 'rooms.join', args: { link } })) as { roomId: string }
    await bob.ask.watch({ roomId })
    await crowd.connect(key, false)
    await bob.ask.startDelays()
    await crowd.pushPaced(pacedPerSecond)
    return bob.ask.stopDelays()
  })
}
