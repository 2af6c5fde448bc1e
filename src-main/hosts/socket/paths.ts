/** Where a profile's local socket is. Server and client have to agree without talking, so it is a pure rule. */
import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'

/** Systems cut a socket's path at 104 or 108 bytes, silently or not. */
const MAX_PATH_BYTES = 100

export const SOCKET_NAME = 'mangrove.sock'

export interface SocketEnvironment {
  platform?: NodeJS.Platform
  runtimeDir?: string | undefined
  tmp?: string
}

/**
 * The paths to try, best first: in the profile; for a long path under XDG_RUNTIME_DIR, then in a private folder
 * of the temporary one (a shell without XDG_RUNTIME_DIR must find what one with it has started, hence a list).
 */
export function socketPaths(storage: string, env: SocketEnvironment = {}): string[] {
  const { platform = process.platform, runtimeDir = process.env.XDG_RUNTIME_DIR, tmp = tmpdir() } = env
  const folder = realPath(storage)
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 32)
  if (platform === 'win32') return [`\\\\.\\pipe\\mangrove-${name}`]
  const own = join(folder, SOCKET_NAME)
  if (fits(own)) return [own]
  const folders = [join(tmp, `mangrove-${userInfo().uid}`)]
  if (runtimeDir) folders.unshift(join(runtimeDir, 'mangrove'))
  return folders.map((candidate) => join(candidate, `${name}.sock`)).filter(fits)
}

function fits(path: string): boolean {
  return Buffer.byteLength(path) <= MAX_PATH_BYTES
}

/** A profile reached over a symbolic link is the same profile. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return resolve(path)
  }
}
