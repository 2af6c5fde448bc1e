/** A process of several members that only push, each with its own connection. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Corestore from 'corestore'
import type HyperDHT from 'hyperdht'
import type { HostPort } from 'hyperdht'
import { roomKeys } from '../../../src-main/protocol/room-keys.js'
import { now, sleep } from '../clock.js'
import { dhtNode } from '../dht-node.js'
import { serve } from '../program.js'
import { PushingMember } from '../pushing-member.js'
import { type LogPlan, writeLog } from '../written-log.js'

export interface PlannedRoom {
  readonly secret: Uint8Array
  readonly creator: Uint8Array
}

export interface PlannedMember extends LogPlan {
  readonly room: PlannedRoom
}

let dht: HyperDHT | null = null
let members: PushingMember[] = []

export const pushers = {
  /** Writes the members' logs into memory. */
  async prepare(plans: readonly PlannedMember[]): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'mb-'))
    const store = new Corestore(folder)
    members = []
    for (const plan of plans) {
      const { secret, creator } = plan.room
      members.push(new PushingMember(await writeLog(store, roomKeys(Buffer.from(secret), Buffer.from(creator)), plan)))
    }
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  },

  /** Connects all members to a root peer, or to a member. */
  async connect(to: { bootstrap: HostPort[]; key: Uint8Array; isRootPeer: boolean }): Promise<void> {
    dht ??= await dhtNode(to.bootstrap)
    for (const member of members) await member.connect(dht, Buffer.from(to.key), to.isRootPeer)
  },

  async untilRoster(logs: number): Promise<void> {
    await Promise.all(members.map((member) => member.untilRoster(logs)))
  },

  /** Everything at once, as fast as it is taken; resolves when all of it is acknowledged. */
  async pushAll(): Promise<{ startedAt: number; endedAt: number }> {
    const startedAt = now()
    for (const member of members) member.pushAll()
    await Promise.all(members.map((member) => member.untilAcknowledged()))
    return { startedAt, endedAt: now() }
  },

  /** So many frames a second, the members taking turns; resolves with ms from push to acknowledgement. */
  async pushPaced(perSecond: number): Promise<number[]> {
    const startedAt = now()
    for (let sent = 0; ; ) {
      const due = ((now() - startedAt) / 1000) * perSecond
      while (sent < due) if (!members[sent++ % members.length]?.pushNext()) return finished()
      await sleep(1)
    }
  },

  disconnect(): void {
    for (const member of members) member.close()
  }
}

async function finished(): Promise<number[]> {
  await Promise.all(members.map((member) => member.untilAcknowledged()))
  return members.flatMap((member) => member.latencies)
}

serve(pushers)
