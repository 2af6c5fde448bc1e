/** A root peer and members around it, with storage in a temporary folder. */
import { join } from 'node:path'
import type { HostPort } from 'hyperdht'
import { onTestFinished } from 'vitest'
import type { Clock } from '../../src-main/lib/clock.js'
import { LogStore } from '../../src-main/log/log-store.js'
import type { Network, NetworkOptions } from '../../src-main/network/network.js'
import { randomBytes } from '../../src-main/protocol/crypto.js'
import type { RoomKeys } from '../../src-main/protocol/room-keys.js'
import { roomKeys } from '../../src-main/protocol/room-keys.js'
import { createGrant } from '../../src-main/protocol/root-peer-messages.js'
import { Registry } from '../../src-main/root-peer/registry.js'
import { RootPeer, type RootPeerOptions } from '../../src-main/root-peer/root-peer.js'
import { RootPeerClient, type RootPeerClientEvents } from '../../src-main/root-peer-client/root-peer-client.js'
import type { RoomWish } from '../../src-main/root-peer-client/wanted-room.js'
import { silentLogger, startNetwork } from './network.js'
import { tempDir } from './temp.js'

export const DAY = 86_400_000

export interface StartedRootPeer {
  readonly network: Network
  readonly registry: Registry
  readonly rootPeer: RootPeer
  readonly logs: LogStore
  stop(): Promise<void>
}

type Options = Partial<Pick<RootPeerOptions, 'limits' | 'admission' | 'clock'>> & {
  readonly folder?: string
  readonly network?: Partial<NetworkOptions>
}

export async function startRootPeer(bootstrap: HostPort[], options: Options = {}): Promise<StartedRootPeer> {
  const folder = options.folder ?? tempDir()
  const registry = new Registry(join(folder, 'root-peer.db'))
  const logs = new LogStore({ folder: join(folder, 'cores'), logger: silentLogger, isRootPeer: true })
  await logs.ready()
  const network = await startNetwork(bootstrap, options.network)
  const { limits, admission, clock } = options
  const rootPeer = new RootPeer({ network, logs, registry, limits, admission, clock, logger: silentLogger })
  network.on('connection', (connection) => rootPeer.attach(connection, logs.attach(connection)))
  rootPeer.ready()
  let stopped: Promise<void> | null = null
  const stop = () => {
    stopped ??= close()
    return stopped
  }
  const close = async () => {
    rootPeer.close()
    await network.close()
    await logs.close()
    registry.close()
  }
  onTestFinished(stop)
  return { network, registry, rootPeer, logs, stop }
}

export interface StartedMember {
  readonly network: Network
  readonly client: RootPeerClient
}

export async function startMember(
  bootstrap: HostPort[],
  options: { clock?: Clock; network?: Partial<NetworkOptions> } = {}
): Promise<StartedMember> {
  const network = await startNetwork(bootstrap, options.network)
  const client = new RootPeerClient({ network, logger: silentLogger, clock: options.clock, random: () => 0 })
  network.on('connection', (connection) => client.attach(connection))
  onTestFinished(() => client.close())
  return { network, client }
}

export function newRoom(): RoomKeys {
  return roomKeys(randomBytes(32), randomBytes(32))
}

/** `days` until the grant expires, from the system's time. */
export function wish(room: RoomKeys, days = 365): RoomWish {
  return { roomId: room.roomId, grant: () => createGrant(room.roomId, room.signing, Date.now() + days * DAY) }
}

/** Resolves with the next event that `matches`. */
export function heard<Name extends keyof RootPeerClientEvents>(
  client: RootPeerClient,
  name: Name,
  matches: (payload: RootPeerClientEvents[Name]) => boolean = () => true
): Promise<RootPeerClientEvents[Name]> {
  return new Promise((resolve) => {
    const off = client.on(name, (payload) => {
      if (!matches(payload)) return
      off()
      resolve(payload)
    })
  })
}
