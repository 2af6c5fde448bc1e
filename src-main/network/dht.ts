/** The DHT node under the swarm, bound where it can be reached and no wider than needed. */
import HyperDHT, { type HostPort } from 'hyperdht'
import { MangroveError } from '../lib/errors.js'

export interface DhtPlace {
  /** Entry points instead of the public DHT's. */
  readonly bootstrap?: readonly HostPort[]
  /** Local address of the UDP sockets. Default: all, but 127.0.0.1 when every bootstrap node is on loopback. */
  readonly bind?: string
  /** UDP port; 0 or absent: any. A given one that is taken is an error. */
  readonly udpPort?: number
}

/** The sockets are bound by `bindDht`. */
export function createDht(place: DhtPlace): HyperDHT {
  const host = place.bind ?? (isLoopback(place.bootstrap) ? '127.0.0.1' : '0.0.0.0')
  return new HyperDHT({
    ...(place.bootstrap && { bootstrap: [...place.bootstrap] }),
    ...(place.udpPort ? { port: place.udpPort, anyPort: false } : {}),
    ...(host.startsWith('127.') && ON_LOOPBACK),
    host
  })
}

/**
 * No firewall stands between two processes of one machine. Saying so spares a hole punch that a small private DHT cannot
 * judge: below six nodes hyperdht 6.34 aborts it on the server while the client already took the LAN shortcut. Nodes that
 * are not firewalled would also keep others' announcements; ours come and go, and a dead one costs everybody seconds.
 */
const ON_LOOPBACK = { firewalled: false, ephemeral: true }

/** Throws PORT_IN_USE or BAD_ARGUMENT when the address cannot be had. */
export async function bindDht(dht: HyperDHT, place: DhtPlace): Promise<void> {
  try {
    await dht.bind()
  } catch (cause) {
    throw bindError(cause, place)
  }
  if (place.udpPort && dht.address()?.port === undefined) throw bindError(null, place)
}

function bindError(cause: unknown, { udpPort, bind }: DhtPlace): MangroveError {
  const code = (cause as NodeJS.ErrnoException | null)?.code
  if (code === 'EADDRINUSE') return new MangroveError('PORT_IN_USE', `UDP port ${udpPort} is in use.`, { cause })
  return new MangroveError('BAD_ARGUMENT', `The UDP address ${bind ?? ''} cannot be used.`, { cause })
}

function isLoopback(bootstrap?: readonly HostPort[]): boolean {
  return !!bootstrap?.length && bootstrap.every(({ host }) => host.startsWith('127.') || host === 'localhost')
}
