/** BASELINE, not part of Mangrove: members that store messages at an original root peer (see README.md here). */
import { once } from 'node:events'
import type { HostPort, NoiseSecretStream } from 'hyperdht'
import { randomBytes, signKeyPair } from '../../../src-main/protocol/crypto.js'
import { now } from '../clock.js'
import { dhtNode } from '../dht-node.js'
import { serve } from '../program.js'

/** A stored message is as large as a sealed block. */
const MESSAGE_BYTES = 256

interface BaselineMember {
  readonly stream: NoiseSecretStream
  readonly frames: readonly Buffer[]
}

let members: BaselineMember[] = []

export const baselineMembers = {
  async connect(to: { bootstrap: HostPort[]; key: Uint8Array; rooms: number[]; messages: number }): Promise<void> {
    const dht = await dhtNode(to.bootstrap)
    members = []
    for (const room of to.rooms) {
      const stream = dht.connect(Buffer.from(to.key), { keyPair: signKeyPair() })
      stream.on('error', () => {})
      await once(stream, 'open')
      members.push({ stream, frames: Array.from({ length: to.messages }, () => frame(`bench-${room}`)) })
    }
  },

  /** Everything at once; resolves when each message is answered. */
  async pushAll(): Promise<{ startedAt: number; endedAt: number }> {
    const startedAt = now()
    await Promise.all(members.map(pushAll))
    return { startedAt, endedAt: now() }
  }
}

async function pushAll({ stream, frames }: BaselineMember): Promise<void> {
  const answered = Promise.withResolvers<void>()
  let answers = 0
  stream.on('data', (data: Buffer) => {
    if (JSON.parse(data.toString()).type !== 'message-stored') return
    answers++
    if (answers === frames.length) answered.resolve()
  })
  for (const bytes of frames) stream.write(bytes)
  await answered.promise
}

/** Written before the clock starts, as the other members' frames are. */
function frame(roomName: string): Buffer {
  const message = { id: randomBytes(16).toString('hex'), timestamp: Date.now(), content: '' }
  const room = MESSAGE_BYTES - JSON.stringify(message).length
  message.content = randomBytes(room).toString('base64').slice(0, room)
  return Buffer.from(JSON.stringify({ type: 'store-message', roomName, message }))
}

serve(baselineMembers)
