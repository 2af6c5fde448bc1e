/** BASELINE, not part of Mangrove: stores messages as the original root peer did (see README.md here). */
import Corestore from 'corestore'
import type Hypercore from 'hypercore'
import type { HostPort, NoiseSecretStream } from 'hyperdht'
import Hyperswarm from 'hyperswarm'
import { signKeyPair } from '../../../src-main/protocol/crypto.js'
import { dhtNode } from '../dht-node.js'
import { serve } from '../program.js'

const cores = new Map<string, Hypercore>()
let store: Corestore

export const baselineRootPeer = {
  /** Resolves with its key when it listens. */
  async open({ folder, bootstrap }: { folder: string; bootstrap: HostPort[] }): Promise<Uint8Array> {
    store = new Corestore(folder)
    await store.ready()
    const keyPair = signKeyPair()
    const swarm = new Hyperswarm({ dht: await dhtNode(bootstrap), keyPair, maxPeers: 1024 })
    swarm.on('connection', onConnection)
    await swarm.listen()
    return keyPair.publicKey
  }
}

function onConnection(stream: NoiseSecretStream): void {
  stream.on('error', () => {})
  stream.on('data', (data: Buffer) => void onFrame(stream, data))
}

async function onFrame(stream: NoiseSecretStream, data: Buffer): Promise<void> {
  const frame = JSON.parse(data.toString())
  if (frame.type !== 'store-message') return
  const core = coreOf(frame.roomName)
  const { length } = await core.append(Buffer.from(JSON.stringify(frame.message)))
  stream.write(
    Buffer.from(JSON.stringify({ type: 'message-stored', roomName: frame.roomName, messageIndex: length - 1 }))
  )
}

function coreOf(roomName: string): Hypercore {
  const known = cores.get(roomName)
  if (known) return known
  const core = store.get({ name: `room-${roomName}` })
  cores.set(roomName, core)
  return core
}

serve(baselineRootPeer)
