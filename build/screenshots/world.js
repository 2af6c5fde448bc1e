/** Real processes on a DHT of this machine alone, with a clock that the pictures set. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import createTestnet from 'hyperdht/testnet.js'
import WebSocket from 'ws'
import { root } from '../build.js'

const CLI = join(root, 'out/main/cli.js')
const CLOCK = pathToFileURL(join(import.meta.dirname, 'clock.mjs')).href
const STARTED = /^(?:public key: (?<key>\w{52})|(?<url>http:\/\/127\.0\.0\.1:\d+\/#token=\S+))$/m
/** Longer than a process takes to look at its clock. */
const CLOCK_SEEN_MS = 80
const WAIT_MS = 90_000

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Asks until it holds. */
export async function until(what, holds) {
  const end = performance.now() + WAIT_MS
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited too long: ${what}`)
    await sleep(50)
  }
}

export class World {
  #testnet
  #processes = new Set()
  folder = mkdtempSync(join(tmpdir(), 'mangrove-pictures-'))

  static async open() {
    const world = new World()
    world.#testnet = await createTestnet(3, { host: '127.0.0.1' })
    mkdirSync(join(world.folder, 'state'))
    writeFileSync(world.#clockFile, '0')
    return world
  }

  get #clockFile() {
    return join(this.folder, 'clock')
  }

  /** From now on every process takes this for the present. */
  async setTime(time) {
    writeFileSync(this.#clockFile, String(time - Date.now()))
    await sleep(CLOCK_SEEN_MS)
  }

  /** Resolves with the public key and `stop`. */
  async rootPeer(name) {
    const { match, stop } = await this.#start(name, 'root-peer', this.#bootstrap)
    return { key: match.groups.key, stop }
  }

  /** A person's node; `offline`: it finds nobody. */
  async member(name, { offline = false } = {}) {
    const { match, stop } = await this.#start(name, 'serve', offline ? '127.0.0.1:9' : this.#bootstrap)
    return Member.open(match.groups.url, stop)
  }

  async close() {
    for (const child of this.#processes) child.kill('SIGKILL')
    await this.#testnet.destroy()
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 })
  }

  get #bootstrap() {
    return this.#testnet.bootstrap.map(({ host, port }) => `${host}:${port}`).join(',')
  }

  async #start(name, command, bootstrap) {
    const args = ['--import', CLOCK, CLI, command, '--storage', join(this.folder, name), '--bootstrap', bootstrap]
    const env = {
      ...process.env,
      MANGROVE_STATE_DIR: join(this.folder, 'state'),
      MANGROVE_SCREENSHOT_CLOCK: this.#clockFile
    }
    const child = spawn(process.execPath, [...args, '--bind', '127.0.0.1'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit']
    })
    this.#processes.add(child)
    const closed = once(child, 'close')
    let output = ''
    for await (const chunk of child.stdout) {
      output += chunk
      if (STARTED.test(output)) break
    }
    const match = STARTED.exec(output)
    if (!match) throw new Error(`${name} did not start`)
    const stop = async () => {
      child.kill('SIGTERM')
      await closed
      this.#processes.delete(child)
    }
    return { match, stop }
  }
}

/** A member as its page sees it: the same session is given to the browser. */
class Member {
  #socket
  #waiting = new Map()
  #nextId = 1

  constructor(origin, session, socket, stop) {
    this.origin = origin
    this.session = session
    this.stop = stop
    this.#socket = socket
    socket.on('message', (data) => this.#take(JSON.parse(data)))
  }

  static async open(url, stop) {
    const { origin, host, hash } = new URL(url)
    const response = await fetch(`${origin}/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: origin },
      body: JSON.stringify({ token: new URLSearchParams(hash.slice(1)).get('token') })
    })
    const { session } = await response.json()
    const socket = new WebSocket(`ws://${host}/socket`, { origin })
    await once(socket, 'open')
    socket.send(JSON.stringify({ session }))
    return new Member(origin, session, socket, stop)
  }

  call(command, args = {}) {
    const id = this.#nextId++
    this.#socket.send(JSON.stringify({ id, command, args }))
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
  }

  async messages(roomId, limit = 200) {
    return (await this.call('messages.page', { roomId, limit })).messages
  }

  #take({ id, result, error }) {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error) waiting?.reject(new Error(`${error.code}: ${error.message}`))
    else waiting?.resolve(result)
  }
}
