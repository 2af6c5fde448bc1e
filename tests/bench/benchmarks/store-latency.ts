/** How long an entry takes from its push to the acknowledgement that it is stored, while others keep coming. */
import { Crowd, plannedRooms } from '../crowd.js'
import { inLab } from '../lab.js'
import type { Sizes } from '../sizes.js'
import { percentile, spread } from '../statistics.js'
import type { Row } from '../table.js'

export async function storeLatency(sizes: Sizes): Promise<Row[]> {
  const runs: number[][] = []
  for (let round = 0; round < sizes.rounds; round++) runs.push(await run(sizes))
  const p50 = runs.map((latencies) => percentile(latencies, 0.5))
  const p99 = runs.map((latencies) => percentile(latencies, 0.99))
  const what = `paced ${sizes.pacedPerSecond}/s, ${sizes.peers} peers in one room, push to ack`
  return [
    { what: `${what}: p50`, value: `${spread(p50, 1)} ms` },
    { what: `${what}: p99`, value: `${spread(p99, 1)} ms`, budget: '< 10 ms', kept: percentile(p99, 0.5) < 10 }
  ]
}

function run({ peers, processes, pacedPerSecond, pacedSeconds }: Sizes): Promise<number[]> {
  return inLab(async (lab) => {
    const entries = Math.ceil((pacedPerSecond * pacedSeconds) / peers)
    const crowd = await Crowd.gather(lab, { rooms: plannedRooms(1), peers, processes, entries, perAppend: 1 })
    const rootPeer = await lab.rootPeer()
    await crowd.connect(rootPeer.key)
    return crowd.pushPaced(pacedPerSecond)
  })
}
