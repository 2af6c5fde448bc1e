/** `npm start`: builds when something changed, then serves the default profile in this same process. */
import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const SOURCES = ['src-main', 'src-preload', 'src-renderer', 'package.json', 'electron.vite.config.ts']
const BUILT = ['out/main/cli.js', 'out/renderer/index.html']

const timeOf = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

function newestOf(path) {
  if (!statSync(path).isDirectory()) return timeOf(path)
  const entries = readdirSync(path, { recursive: true })
  return Math.max(0, ...entries.map((entry) => timeOf(join(path, entry))))
}

function isBuilt() {
  const oldest = Math.min(...BUILT.map((path) => timeOf(join(root, path))))
  return oldest > Math.max(...SOURCES.map((path) => newestOf(join(root, path))))
}

function build() {
  const script = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  execFileSync(process.execPath, [script, 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
}

if (!isBuilt()) build()
process.argv.splice(2, 0, 'serve')
await import('../out/main/cli.js')
