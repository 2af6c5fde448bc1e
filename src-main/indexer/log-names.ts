/** Finds the log that a head names by the first bytes of its key. Logs of a room only ever become more. */
import type { Log } from '../log/log.js'
import type { RoomReplica } from '../log/room-replica.js'
import { hex } from '../protocol/bytes.js'
import { logPrefix } from '../protocol/ids.js'
import type { RoomIndex } from './room-index.js'

interface Names {
  readonly count: number
  readonly logs: ReadonlyMap<string, Log>
}

const known = new WeakMap<RoomReplica, Names>()

export function logByPrefix({ replica }: RoomIndex, prefix: Buffer): Log | null {
  let names = known.get(replica)
  if (names?.count !== replica.logs.size) {
    names = namesOf([...replica.logs.values()])
    known.set(replica, names)
  }
  return names.logs.get(hex(prefix)) ?? null
}

/** Of two keys that begin alike the lower is meant, on every replica that has both. */
function namesOf(logs: Log[]): Names {
  const highestFirst = logs.sort((a, b) => Buffer.compare(b.key, a.key))
  return { count: logs.length, logs: new Map(highestFirst.map((log) => [hex(logPrefix(log.key)), log])) }
}
