/** What a host is told, from flag, environment, config.json or default, in that order. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { HostPort } from '../../node/options.js'
import { readConfig } from './config-file.js'
import { parseAddress, parseBootstrap, parsePort } from './values.js'

/** As commander hands them over. */
export interface Flags {
  storage?: string
  bootstrap?: string
  bind?: string
  udpPort?: string
  port?: string
}

export interface HostOptions {
  /** Absolute. */
  storage: string
  bootstrap?: HostPort[]
  bind?: string
  udpPort?: number
  /** Of the page; 0 is any free one. */
  port: number
}

type Sources = { flags: Flags; env: NodeJS.ProcessEnv; config: Record<string, unknown> }

/** Throws BAD_ARGUMENT with a sentence that names the flag, variable or file that is wrong. */
export function resolveOptions(flags: Flags, env: NodeJS.ProcessEnv = process.env): HostOptions {
  const storage = resolveStorage(flags, env)
  const sources = { flags, env, config: readConfig(storage) }
  return {
    storage,
    bootstrap: pick(sources, 'bootstrap', '--bootstrap', 'MANGROVE_BOOTSTRAP', parseBootstrap),
    bind: pick(sources, 'bind', '--bind', 'MANGROVE_BIND', parseAddress),
    udpPort: pick(sources, 'udpPort', '--udp-port', null, parsePort),
    port: pick(sources, 'port', '--port', 'PORT', parsePort) ?? 0
  }
}

export function resolveStorage(flags: Flags, env: NodeJS.ProcessEnv = process.env): string {
  return resolve(flags.storage || env.STORAGE_DIR || defaultStorage(env))
}

function pick<T>(
  { flags, env, config }: Sources,
  key: keyof Flags,
  flag: string,
  variable: string | null,
  parse: (value: unknown, source: string) => T
): T | undefined {
  if (flags[key] !== undefined) return parse(flags[key], flag)
  if (variable && env[variable]) return parse(env[variable], variable)
  if (config[key] !== undefined) return parse(config[key], `config.json: ${key}`)
  return undefined
}

function defaultStorage(env: NodeJS.ProcessEnv): string {
  if (env.XDG_DATA_HOME) return join(env.XDG_DATA_HOME, 'mangrove')
  if (process.platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'mangrove')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'mangrove')
  return join(homedir(), '.local', 'share', 'mangrove')
}
