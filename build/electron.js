/** Where Electron's binary is. Its package comes without one, and merely importing it would start a download. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './build.js'

const folder = join(root, 'node_modules/electron')

/** How long a start may wait for a download. */
const FETCH_MS = Number(process.env.MANGROVE_ELECTRON_FETCH_MS ?? 60_000)

/** The path of the binary, or null. */
export function findElectron() {
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(binary) ? binary : null
}

/** Downloads it once; resolves with the path, or null when that failed or took too long. */
export async function fetchElectron() {
  const script = join(folder, 'install.js')
  if (!existsSync(script) || FETCH_MS <= 0) return null
  const child = spawn(process.execPath, [script], { stdio: 'ignore' })
  const stop = () => child.kill()
  const timer = setTimeout(stop, FETCH_MS)
  process.once('exit', stop)
  await new Promise((resolve) => child.once('exit', resolve).once('error', resolve))
  clearTimeout(timer)
  process.off('exit', stop)
  return findElectron()
}
