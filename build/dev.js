/**
 * `npm run dev`: Mangrove with hot reload, in Electron where it is, else (or with `--web`) by Vite's server in front
 * of the web host. The page changes in place; a change of the node restarts it, and the page comes back by itself.
 */
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { createServer, loadConfigFromFile } from 'vite'
import { build, root } from './build.js'
import { findElectron } from './electron.js'

/** Editors write a file in several steps. */
const QUIET_MS = 100
const ADDRESS = '127.0.0.1'
const NODE_SOURCES = ['src-main', 'src-preload']

const args = process.argv.slice(2).filter((arg) => arg !== '--web')

function runElectron() {
  const script = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const options = ['dev', '--watch', '--ignoreConfigWarning', ...(process.getuid?.() === 0 ? ['--noSandbox'] : [])]
  const child = spawn(process.execPath, [script, ...options], { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.once('exit', (code) => process.exit(code ?? 1))
}

/** Vite answers for the page, the web host for what needs a session; it sees requests of its own origin. */
async function servePage(target) {
  const { config } = await loadConfigFromFile(
    { command: 'serve', mode: 'development' },
    join(root, 'electron.vite.config.ts')
  )
  const proxy = { target, changeOrigin: true, headers: { origin: target } }
  const server = await createServer({
    ...config.renderer,
    configFile: false,
    cacheDir: join(root, 'out/vite'),
    server: { host: ADDRESS, cors: false, proxy: { '/session': proxy, '/socket': { ...proxy, ws: true } } }
  })
  await server.listen()
  return server
}

class Node {
  url = null
  #child = null

  /** Resolves with the one-time URL of the web host. */
  start() {
    const port = this.url ? ['--port', new URL(this.url).port] : []
    const child = spawn(process.execPath, [join(root, 'out/main/cli.js'), 'serve', ...port, ...args], {
      stdio: ['ignore', 'pipe', 'inherit']
    })
    this.#child = child
    return new Promise((resolve, reject) => {
      child.stdout.on('data', (text) => {
        const [url] = /http:\/\/\S+/.exec(String(text)) ?? []
        if (!url) return
        this.url = url
        resolve(url)
      })
      child.once('exit', (code) => reject(new Error(`the node ended with ${code}`)))
    })
  }

  stop() {
    const child = this.#child
    if (!child || child.exitCode !== null) return Promise.resolve()
    child.kill('SIGTERM')
    return new Promise((resolve) => child.once('exit', resolve))
  }
}

async function runWeb() {
  if (!build()) process.exit(1)
  const node = new Node()
  const url = await node.start()
  const server = await servePage(new URL(url).origin)
  console.log(`http://${ADDRESS}:${server.config.server.port}/${new URL(url).hash}`)
  onChange(async () => {
    if (!build()) return
    await node.stop()
    await node.start()
    console.log('the node runs again')
  })
  const end = () => Promise.allSettled([node.stop(), server.close()]).then(() => process.exit(0))
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, end)
}

/** One run after another, and one more for all changes that came meanwhile. */
function onChange(run) {
  let timer
  let running = Promise.resolve()
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(run).catch((error) => console.error(error.message))
    }, QUIET_MS)
  }
  for (const source of NODE_SOURCES) watch(join(root, source), { recursive: true }, soon)
}

if (findElectron() && !process.argv.includes('--web')) runElectron()
else await runWeb()
