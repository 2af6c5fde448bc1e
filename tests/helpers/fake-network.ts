/** A network without peers, for what only joins and keeps. */
import { hex } from '../../src-main/protocol/bytes.js'
import type { NetworkPort } from '../../src-main/protocol/ports.js'

export interface FakeNetwork extends NetworkPort {
  /** Joined topics, in hex. */
  readonly topics: Set<string>
  /** Kept keys, in hex. */
  readonly kept: Set<string>
}

export function fakeNetwork(): FakeNetwork {
  const [topics, kept] = [new Set<string>(), new Set<string>()]
  return {
    topics,
    kept,
    publicKey: Buffer.alloc(32, 255),
    online: false,
    joinTopic: (topic) => void topics.add(hex(topic)),
    leaveTopic: (topic) => void topics.delete(hex(topic)),
    keepConnected: (key) => void kept.add(hex(key)),
    release: (key) => void kept.delete(hex(key)),
    dial: () => {},
    connectionTo: () => null
  }
}
