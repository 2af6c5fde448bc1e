/** Reads single values of flags, variables and config.json. `source` says in the error where it came from. */
import { isIP } from 'node:net'
import { MangroveError } from '../../lib/errors.js'
import type { HostPort } from '../../node/options.js'

const MAX_PORT = 65_535

/** `host:port[,host:port…]`, or in config.json also an array of them. */
export function parseBootstrap(value: unknown, source: string): HostPort[] {
  const items = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : []
  if (items.length === 0) throw wrong(source, 'must be host:port, or several of them with commas between')
  return items.map((item) => parseHostPort(item, source))
}

/** A numeric address of this machine. */
export function parseAddress(value: unknown, source: string): string {
  if (typeof value === 'string' && isIP(value)) return value
  throw wrong(source, 'must be an IP address')
}

export function parsePort(value: unknown, source: string): number {
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value
  if (typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= MAX_PORT) return port
  throw wrong(source, `must be a port from 0 to ${MAX_PORT}`)
}

function parseHostPort(item: unknown, source: string): HostPort {
  const match = typeof item === 'string' ? /^([^\s:]+):(\d{1,5})$/.exec(item.trim()) : null
  const [, host, digits] = match ?? []
  const port = Number(digits)
  if (host && port > 0 && port <= MAX_PORT) return { host, port }
  throw wrong(source, 'must be host:port, or several of them with commas between')
}

function wrong(source: string, rule: string): MangroveError {
  return new MangroveError('BAD_ARGUMENT', `${source} ${rule}.`)
}
