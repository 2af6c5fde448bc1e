/**
 * `npm start`: builds what changed, then opens Mangrove as well as this machine can: in Electron, else in a window of
 * Chrome or Chromium, else by a URL. One line says which and why.
 */
import { spawn } from 'node:child_process'
import { findBrowser, hasDisplay, needsNoSandbox } from '../src-main/hosts/web/find-browser.ts'
import { buildIfNeeded, root } from './build.js'
import { fetchElectron, findElectron } from './electron.js'

/** npm ends its shell on a signal and not what runs in it, so a lost parent means: stop. */
function stopWithParent() {
  const parent = process.ppid
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGTERM'), 500).unref()
}

function runElectron(binary) {
  console.log('Mangrove opens in Electron.')
  // Root has no sandbox on Linux, and Electron refuses to start with one.
  const flags = process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : []
  const child = spawn(binary, [root, ...flags, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill('SIGTERM'))
  child.once('exit', (code) => process.exit(code ?? 1))
}

async function runWeb(why) {
  const missing = hasDisplay() ? (findBrowser() ? null : 'no Chrome or Chromium was found') : 'so does a window'
  if (missing) console.log(`${why}, and ${missing}: open the link below in a browser on this machine.`)
  else console.log(`${why}: Mangrove opens in a window of ${findBrowser()}${sandboxNote()}.`)
  process.argv.splice(2, 0, 'serve', ...(missing ? [] : ['--window']))
  await import('../out/main/cli.js')
}

function sandboxNote() {
  return needsNoSandbox() ? ', without its sandbox, because it has none for root' : ''
}

if (!buildIfNeeded()) process.exit(1)
stopWithParent()
const binary = hasDisplay() ? (findElectron() ?? (await fetchElectron())) : null
if (binary) runElectron(binary)
else await runWeb(hasDisplay() ? 'Electron is not installed and could not be fetched' : 'Electron needs a screen')
