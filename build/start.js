/** `npm start`: builds when something changed, then serves the default profile in this same process. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build, root, SOURCES } from './build.js'

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

/** npm ends its shell on a signal and not what runs in it, so a lost parent means: stop. */
function stopWithParent() {
  const parent = process.ppid
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGTERM'), 500).unref()
}

if (!isBuilt() && !build()) process.exit(1)
stopWithParent()
process.argv.splice(2, 0, 'serve')
await import('../out/main/cli.js')
