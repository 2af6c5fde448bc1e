/**
 * How much a root peer takes in, beside what the original one did: from the first push to the last acknowledgement,
 * which leaves a root peer of ours only when the entry is stored and synced to disk.
 */
import { Crowd, perSecond, plannedRooms } from '../crowd.js'
import { inLab } from '../lab.js'
import type { Sizes } from '../sizes.js'
import { median, spread } from '../statistics.js'
import type { Row } from '../table.js'

/** Entries an append when a peer coalesces. */
const COALESCED = 16

const ONE_THREAD = { UV_THREADPOOL_SIZE: '1' }

interface Shape {
  readonly name: string
  readonly rooms: number
}

export async function ingest(sizes: Sizes): Promise<Row[]> {
  const one = await inShape({ name: `${sizes.peers} peers in one room`, rooms: 1 }, sizes, { coalesced: 10, single: 2 })
  const rooms = Math.ceil(Math.sqrt(sizes.peers))
  const shape = { name: `${rooms} rooms x ${sizes.peers / rooms} peers`, rooms }
  return [...one, ...(await inShape(shape, sizes, { coalesced: 5, single: 2 }))]
}

async function inShape(shape: Shape, sizes: Sizes, budget: { coalesced: number; single: number }): Promise<Row[]> {
  const rates = { baseline: [], coalesced: [], single: [], oneThread: [] } as Record<string, number[]>
  // Side by side: each round measures all of them, one after the other.
  for (let round = 0; round < sizes.rounds; round++) {
    rates.baseline?.push(await baseline(shape, sizes))
    rates.coalesced?.push(await mangrove(shape, sizes, sizes.coalesced, COALESCED))
    rates.single?.push(await mangrove(shape, sizes, sizes.single, 1))
    rates.oneThread?.push(await mangrove(shape, sizes, sizes.coalesced, COALESCED, ONE_THREAD))
  }
  return [
    row(`${shape.name}: baseline (the original's way)`, rates.baseline),
    row(`${shape.name}: ${COALESCED} entries an append`, rates.coalesced, rates.baseline, budget.coalesced),
    row(`${shape.name}: one entry an append`, rates.single, rates.baseline, budget.single),
    row(`${shape.name}: ${COALESCED}, UV_THREADPOOL_SIZE=1`, rates.oneThread, rates.coalesced, undefined, 'default')
  ]
}

function mangrove({ rooms }: Shape, sizes: Sizes, entries: number, perAppend: number, env = {}): Promise<number> {
  const { peers, processes } = sizes
  return inLab(async (lab) => {
    const crowd = await Crowd.gather(lab, { rooms: plannedRooms(rooms), peers, processes, entries, perAppend })
    const rootPeer = await lab.rootPeer(env)
    await crowd.connect(rootPeer.key)
    return crowd.pushAll()
  })
}

function baseline({ rooms }: Shape, { peers, processes, baseline: messages }: Sizes): Promise<number> {
  return inLab(async (lab) => {
    const { bootstrap } = lab
    const key = await lab.baselineRootPeer().ask.open({ folder: lab.folder(), bootstrap })
    const programs = Array.from({ length: processes }, () => lab.baselineMembers())
    const roomsOf = (i: number) => Array.from({ length: peers }, (_, peer) => peer).filter((p) => p % processes === i)
    const connect = programs.map((program, i) =>
      program.ask.connect({ bootstrap, key, rooms: roomsOf(i).map((peer) => peer % rooms), messages })
    )
    await Promise.all(connect)
    return perSecond(peers * messages, await Promise.all(programs.map((program) => program.ask.pushAll())))
  })
}

function row(what: string, rates: number[] = [], against?: number[], budget?: number, name = 'baseline'): Row {
  const value = `${spread(rates)}/s`
  if (!against) return { what, value }
  const ratio = median(rates.map((rate, round) => rate / (against[round] as number)))
  const found = { what, value, ratio: `${ratio.toFixed(2)}x ${name}` }
  return budget === undefined ? found : { ...found, budget: `>= ${budget}x`, kept: ratio >= budget }
}
