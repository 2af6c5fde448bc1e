/**
 * The guard before anything native: on an old Node better-sqlite3 crashes without a message. This file and cli.ts
 * are all that an old Node loads, so they use nothing that it may lack.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'

export const REQUIRED_MAJOR = 24

/** Set for the second run, so that two old Nodes do not start each other for ever. */
const MARK = 'MANGROVE_RERUN'

const FORWARDED: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

export function isRightNode(version: string): boolean {
  return Number.parseInt(version, 10) >= REQUIRED_MAJOR
}

/** Runs the same command under the Node that was installed with Mangrove; ends this process with its exit code. */
export function rerun(script: string): void {
  const node = process.env[MARK] ? null : installedNode(script)
  if (!node) return sayWhatIsNeeded()
  const env = { ...process.env, [MARK]: '1' }
  const child = spawn(node, [script, ...process.argv.slice(2)], { stdio: 'inherit', env })
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal))
  child.once('error', sayWhatIsNeeded)
  child.once('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)))
}

/** The `node` package's binary, wherever npm has put it; null when it is not there. */
function installedNode(script: string): string | null {
  try {
    const folder = dirname(createRequire(script).resolve('node/package.json'))
    const binary = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    return existsSync(binary) ? binary : null
  } catch {
    return null
  }
}

function sayWhatIsNeeded(): void {
  process.stderr.write(`mangrove: Node ${REQUIRED_MAJOR} or newer is needed, this is ${process.versions.node}.\n`)
  process.exit(1)
}
