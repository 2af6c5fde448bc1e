/** From `messages.send` having returned on one member to the text on the other's newest page, in two processes. */
import { encodeKey } from '../../../src-main/protocol/ids.js'
import { sleep } from '../clock.js'
import { inLab, type Lab } from '../lab.js'
import type { Program } from '../program.js'
import type { member } from '../programs/member.js'
import type { Sizes } from '../sizes.js'
import { percentile, spread } from '../statistics.js'
import type { Row } from '../table.js'

const EVERY_MS = 17
/** Connections are made and names told by then. */
const SETTLE_MS = 1000

export async function latency(sizes: Sizes): Promise<Row[]> {
  const direct: number[][] = []
  const line: number[][] = []
  for (let round = 0; round < sizes.rounds; round++) {
    direct.push(await run(sizes, false))
    line.push(await run(sizes, true))
  }
  return [...rows('direct', direct, true), ...rows('over a root peer only', line, false)]
}

function rows(what: string, runs: number[][], budgeted: boolean): Row[] {
  const quantile = (share: number, most: number) => {
    const values = runs.map((latencies) => percentile(latencies, share))
    const found = { what: `${what}: p${share * 100}`, value: `${spread(values, 1)} ms` }
    return budgeted ? { ...found, budget: `< ${most} ms`, kept: percentile(values, 0.5) < most } : found
  }
  return [quantile(0.5, 15), quantile(0.99, 60)]
}

function run(sizes: Sizes, onlyRootPeers: boolean): Promise<number[]> {
  return inLab(async (lab) => {
    const alice = await openMember(lab, 'Alice', onlyRootPeers)
    const bob = await openMember(lab, 'Bob', onlyRootPeers)
    if (onlyRootPeers) await addRootPeer(lab, alice)
    const { roomId } = (await alice.ask.call({ name: 'rooms.create', args: { name: 'Bench' } })) as { roomId: string }
    const { link } = (await alice.ask.call({ name: 'rooms.invite', args: { roomId } })) as { link: string }
    await bob.ask.call({ name: 'rooms.join', args: { link } })
    await bob.ask.watch({ roomId })
    await alice.ask.send({ roomId, texts: ['first'], everyMs: 0 })
    await bob.ask.untilSeen(['first'])
    await sleep(SETTLE_MS)
    const texts = Array.from({ length: sizes.latencyMessages }, (_, i) => `message ${i}`)
    const returned = await alice.ask.send({ roomId, texts, everyMs: EVERY_MS })
    await bob.ask.untilSeen(texts)
    const seen = new Map(await bob.ask.seen())
    return texts.map((text, i) => (seen.get(text) as number) - (returned[i] as number))
  })
}

export async function openMember(lab: Lab, name: string, onlyRootPeers = false): Promise<Program<typeof member>> {
  const program = lab.member()
  await program.ask.open({ storage: lab.folder(), bootstrap: lab.bootstrap, onlyRootPeers })
  await program.ask.call({ name: 'account.create', args: { name } })
  return program
}

async function addRootPeer(lab: Lab, alice: Program<typeof member>): Promise<void> {
  const { key } = await lab.rootPeer()
  await alice.ask.call({ name: 'rootPeers.add', args: { key: encodeKey(key) } })
}
