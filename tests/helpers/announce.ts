/** Before all tests: a Chromium is there, and one line each says which browser and which carriers this run has. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromiumPath } from './chromium.js'
import { ROOT } from './cli.js'
import { electronBinary } from './desktop.js'

const INSTALL_MS = 240_000

export default function announce(): void {
  const electron = electronBinary()
  const windows = electron ? `electron (${electron}) and its double` : 'electron on its double (no binary is here)'
  console.log(`Browser: ${ensureChromium() ?? 'none, so everything with a page will fail'}`)
  console.log(`Carriers: direct calls, the local socket, the web host, ${windows}`)
}

/** The path of a Chromium, installed for it if there was none; null when that did not work. */
function ensureChromium(): string | null {
  return found() ?? download() ?? installPackage()
}

function found(): string | null {
  try {
    return chromiumPath()
  } catch {
    return null
  }
}

/** Playwright's own build, without anything of the system. */
function download(): string | null {
  const cli = join(ROOT, 'node_modules/playwright-core/cli.js')
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'ignore', timeout: INSTALL_MS })
  return found()
}

function installPackage(): string | null {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return null
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { stdio: 'ignore', timeout: INSTALL_MS, env } as const
  spawnSync('apt-get', ['update'], options)
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options)
  return found()
}
