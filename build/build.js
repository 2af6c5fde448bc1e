/** Runs the build, for the scripts beside this one. */
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..')

/** What the build is made of. */
export const SOURCES = ['src-main', 'src-preload', 'src-renderer', 'package.json', 'electron.vite.config.ts']

/** Quiet unless something is wrong; returns whether it went well. */
export function build() {
  const script = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const options = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }
  return spawnSync(process.execPath, [script, 'build', '--ignoreConfigWarning'], options).status === 0
}
