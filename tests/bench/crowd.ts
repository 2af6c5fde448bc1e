/** Pushing members in a few processes, around one root peer or member. */
import { randomBytes } from '../../src-main/protocol/crypto.js'
import type { Lab } from './lab.js'
import type { Program } from './program.js'
import type { PlannedMember, PlannedRoom, pushers } from './programs/pushers.js'

export interface CrowdPlan {
  readonly rooms: readonly PlannedRoom[]
  readonly peers: number
  readonly processes: number
  readonly entries: number
  readonly perAppend: number
}

export function plannedRooms(count: number): PlannedRoom[] {
  return Array.from({ length: count }, () => ({ secret: randomBytes(32), creator: randomBytes(32) }))
}

export class Crowd {
  readonly #lab: Lab
  readonly #plan: CrowdPlan
  readonly #programs: Program<typeof pushers>[]

  private constructor(lab: Lab, plan: CrowdPlan) {
    this.#lab = lab
    this.#plan = plan
    this.#programs = Array.from({ length: plan.processes }, () => lab.pushers())
  }

  /** With its logs written. Peer i is in room i modulo the rooms. */
  static async gather(lab: Lab, plan: CrowdPlan): Promise<Crowd> {
    const crowd = new Crowd(lab, plan)
    await crowd.#each((program, i) => program.ask.prepare(crowd.#members(i)))
    return crowd
  }

  /** Connects everybody and waits until all of a room know of each other. */
  async connect(key: Uint8Array, isRootPeer = true): Promise<void> {
    const { bootstrap } = this.#lab
    await this.#each((program) => program.ask.connect({ bootstrap, key, isRootPeer }))
    const { peers, rooms } = this.#plan
    await this.#each((program) => program.ask.untilRoster(peers / rooms.length))
  }

  /** All at once; resolves with entries a second, from the first push to the last acknowledgement. */
  async pushAll(): Promise<number> {
    const { peers, entries } = this.#plan
    return perSecond(peers * entries, await this.#each((program) => program.ask.pushAll()))
  }

  /** Frames a second over all peers; resolves with ms from push to acknowledgement. */
  async pushPaced(rate: number): Promise<number[]> {
    return (await this.#each((program) => program.ask.pushPaced(rate / this.#plan.processes))).flat()
  }

  async leave(): Promise<void> {
    await Promise.all(this.#programs.map((program) => program.stop()))
  }

  #members(process: number): PlannedMember[] {
    const { rooms, peers, processes, entries, perAppend } = this.#plan
    const indices = Array.from({ length: peers }, (_, i) => i).filter((i) => i % processes === process)
    return indices.map((index) => {
      const room = rooms[index % rooms.length] as PlannedRoom
      return { room, index, of: peers, entries, perAppend }
    })
  }

  #each<T>(work: (program: Program<typeof pushers>, i: number) => Promise<T>): Promise<T[]> {
    return Promise.all(this.#programs.map(work))
  }
}

export function perSecond(count: number, spans: readonly { startedAt: number; endedAt: number }[]): number {
  const from = Math.min(...spans.map(({ startedAt }) => startedAt))
  const to = Math.max(...spans.map(({ endedAt }) => endedAt))
  return count / ((to - from) / 1000)
}
