/** A member's whole node in a process of its own, driven by the contract's commands. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { HostPort } from 'hyperdht'
import { createLogger } from '../../../src-main/lib/logger.js'
import { Network } from '../../../src-main/network/network.js'
import type { MangroveNode } from '../../../src-main/node/mangrove-node.js'
import { openMemberNode } from '../../../src-main/node/member-node.js'
import type { CommandName } from '../../../src-preload/contract/index.js'
import { now, sleep } from '../clock.js'
import { serve } from '../program.js'

const RESOLUTION_MS = 1

let node: MangroveNode
let delays: ReturnType<typeof monitorEventLoopDelay>
/** When each text was first on the newest page, by its text. */
const seen = new Map<string, number>()
const pageWatchers = new Set<() => void>()

export const member = {
  /** `onlyRootPeers`: connects to nobody else, as if every member were behind a firewall. */
  async open(options: { storage: string; bootstrap: HostPort[]; onlyRootPeers?: boolean }): Promise<Uint8Array> {
    if (options.onlyRootPeers) stayAway()
    const { storage, bootstrap } = options
    node = await openMemberNode({ storage, bootstrap, bind: '127.0.0.1', logger: createLogger() })
    await node.ready()
    return node.publicKey
  },

  async call({ name, args }: { name: CommandName; args: unknown }): Promise<unknown> {
    const handler = node.handlers[name] as (args: unknown) => unknown
    return handler(args)
  },

  /** From now on reads the newest page at each change, as the interface does. */
  watch({ roomId, limit = 50 }: { roomId: string; limit?: number }): void {
    node.on('messages.changed', (changed) => {
      if (changed.roomId === roomId) void look(roomId, limit)
    })
  },

  seen(): [string, number][] {
    return [...seen]
  },

  /** Resolves once all of these were on the newest page, with the time at which the last of them was. */
  async untilSeen(texts: string[]): Promise<number> {
    while (!texts.every((text) => seen.has(text))) await new Promise<void>((resolve) => pageWatchers.add(resolve))
    return Math.max(...texts.map((text) => seen.get(text) as number))
  },

  /** Sends each text, one every `everyMs`; resolves with the times at which `messages.send` had returned. */
  async send({ roomId, texts, everyMs }: { roomId: string; texts: string[]; everyMs: number }): Promise<number[]> {
    const returned: number[] = []
    for (const text of texts) {
      await node.handlers['messages.send']?.({ roomId, text })
      returned.push(now())
      await sleep(everyMs)
    }
    return returned
  },

  startDelays(): void {
    delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
    delays.enable()
  },

  /** How late the event loop came, ms. */
  stopDelays(): { p50: number; p99: number; max: number } {
    delays.disable()
    const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS)
    return { p50: late(delays.percentile(50)), p99: late(delays.percentile(99)), max: late(delays.max) }
  },

  async close(): Promise<void> {
    await node.close()
  }
}

function stayAway(): void {
  Network.prototype.dial = () => {}
  Network.prototype.joinTopic = () => {}
}

async function look(roomId: string, limit: number): Promise<void> {
  const page = await node.handlers['messages.page']?.({ roomId, limit })
  const at = now()
  for (const { text } of page?.messages ?? []) if (!seen.has(text)) seen.set(text, at)
  for (const resolve of pageWatchers) resolve()
  pageWatchers.clear()
}

serve(member)
