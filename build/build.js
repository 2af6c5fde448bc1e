/** Runs the build, for the scripts beside this one. */
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..')

/** What the build is made of. */
const SOURCES = ['src-main', 'src-preload', 'src-renderer', 'package.json', 'electron.vite.config.ts']
const BUILT = ['out/main/cli.js', 'out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']

/** Quiet unless something is wrong; returns whether it went well. */
export function build() {
  const script = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const options = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }
  return spawnSync(process.execPath, [script, 'build', '--ignoreConfigWarning'], options).status === 0
}

/** Builds when something changed since the last time. */
export function buildIfNeeded() {
  const oldest = Math.min(...BUILT.map((path) => timeOf(join(root, path))))
  if (oldest > Math.max(...SOURCES.map((path) => newestOf(join(root, path))))) return true
  return build()
}

const timeOf = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

function newestOf(path) {
  if (!statSync(path).isDirectory()) return timeOf(path)
  const entries = readdirSync(path, { recursive: true })
  return Math.max(0, ...entries.map((entry) => timeOf(join(path, entry))))
}
