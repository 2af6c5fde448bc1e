/** What a root peer's process holds in memory: alone, and with its connections. */
import { sleep } from '../clock.js'
import { Crowd, plannedRooms } from '../crowd.js'
import { inLab, residentMemory } from '../lab.js'
import type { Sizes } from '../sizes.js'
import { percentile, spread } from '../statistics.js'
import type { Row } from '../table.js'

export async function memory(sizes: Sizes): Promise<Row[]> {
  const runs: { base: number; connected: number }[] = []
  for (let round = 0; round < sizes.rounds; round++) runs.push(await run(sizes))
  const base = runs.map((found) => found.base)
  const connected = runs.map((found) => found.connected)
  const kept = (values: number[], most: number) => percentile(values, 0.5) < most
  return [
    {
      what: 'root peer, idle',
      value: `${spread(base)} MB`,
      budget: '< 120 MB (target 50)',
      kept: kept(base, 120)
    },
    {
      what: `root peer, ${sizes.peers} connections in one room`,
      value: `${spread(connected)} MB`,
      budget: '< 200 MB',
      kept: kept(connected, 200)
    }
  ]
}

function run({ peers, processes, idleMs }: Sizes): Promise<{ base: number; connected: number }> {
  return inLab(async (lab) => {
    const rootPeer = await lab.rootPeer()
    await sleep(idleMs)
    const base = residentMemory(rootPeer.pid)
    const crowd = await Crowd.gather(lab, { rooms: plannedRooms(1), peers, processes, entries: 2, perAppend: 1 })
    await crowd.connect(rootPeer.key)
    await crowd.pushAll()
    await sleep(idleMs)
    return { base, connected: residentMemory(rootPeer.pid) }
  })
}
