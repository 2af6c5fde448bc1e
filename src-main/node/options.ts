/** What a host decides for a node: where it keeps things and how it reaches the network. */
import type { Logger } from '../lib/logger.js'

export interface HostPort {
  host: string
  port: number
}

export interface NodeOptions {
  /** The profile folder, absolute. */
  storage: string
  /** DHT nodes to start from; without it the public ones. */
  bootstrap?: HostPort[]
  /** The local address for UDP; without it every one. */
  bind?: string
  /** The local UDP port; without it the DHT's own choice. */
  udpPort?: number
  logger: Logger
}
