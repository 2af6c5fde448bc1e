/** `mangrove serve` as a real process: how it starts, answers, stops, and refuses to start. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLI, runMangrove } from '../helpers/cli.js'
import { type LocalDht, localDht } from '../helpers/local-dht.js'
import { isWindows } from '../helpers/platform.js'
import { type SpawnOptions, spawnMangrove } from '../helpers/spawn-mangrove.js'
import { tempDir, withTest } from '../helpers/temp.js'
import { exchange, httpCall, tokenOf, WebClient } from '../helpers/web-client.js'

let dht: LocalDht

beforeAll(async () => {
  dht = await localDht(afterAll)
})

const flags = () => ['--bootstrap', dht.flag, '--bind', '127.0.0.1']
const serve = (options?: SpawnOptions) => spawnMangrove(['serve', ...flags()], options)

/** The sentence with which serve refuses to start. */
async function refusal(args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runMangrove(['serve', ...flags(), ...args])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^mangrove: [^\n]+\n$/)
  return stderr
}

describe('mangrove serve', () => {
  it('prints its one-time URL alone on the last line, and nothing on stderr', async () => {
    const alice = await serve()
    expect(alice.stdout.trimEnd().split('\n').at(-1)).toBe(alice.url)
    expect(alice.stderr).toBe('')
  })

  it('answers mangrove call, from an argument, from stdin and without arguments', async () => {
    const { storage } = await serve()
    const call = (args: string[], stdin?: string) => runMangrove(['call', '--storage', storage, ...args], { stdin })
    expect(JSON.parse((await call(['account.get'])).stdout).error.code).toBe('NO_ACCOUNT')
    expect(JSON.parse((await call(['account.create', '-'], '{"name":"Alice"}')).stdout).name).toBe('Alice')
    const { code, stdout } = await call(['account.get', '{}'])
    expect(code).toBe(0)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    expect(JSON.parse(stdout)).toMatchObject({ name: 'Alice' })
    expect(JSON.parse((await call(['nope'])).stdout).error.code).toBe('UNKNOWN_COMMAND')
    expect(JSON.parse((await call(['rooms.leave', '{}'])).stdout).error.code).toBe('BAD_ARGUMENT')
  })

  it('serves the built page and a session for its URL, once', async () => {
    const { url } = await serve()
    const port = Number(new URL(url).port)
    const page = await httpCall(port, '/')
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining('<title>Mangrove') })
    const tab = await WebClient.open(url)
    withTest(() => tab.close())
    expect(await tab.call('network.status', {})).toMatchObject({ result: { peers: 0 } })
    expect((await exchange(port, tokenOf(url))).status).toBe(401)
  })

  it('runs in the started process itself', async (context) => {
    const { child } = await serve()
    const children = `/proc/${child.pid}/task/${child.pid}/children`
    if (!existsSync(children)) return context.skip('this system does not list children')
    expect(readFileSync(children, 'utf8')).toBe('')
  })

  it.skipIf(isWindows)('stops on SIGTERM with exit code 0, also twice, and removes its socket', async () => {
    const alice = await serve()
    alice.child.kill('SIGTERM')
    expect(await alice.stop()).toBe(0)
    expect(existsSync(join(alice.storage, 'mangrove.sock'))).toBe(false)
  })

  it.skipIf(isWindows)('stops on SIGINT with exit code 0', async () => {
    const alice = await serve()
    alice.child.kill('SIGINT')
    expect((await once(alice.child, 'exit'))[0]).toBe(0)
  })

  it('starts at once on a profile whose process was killed', async () => {
    const alice = await serve()
    await alice.call('account.create', { name: 'Alice' })
    await alice.kill()
    const again = await serve({ storage: alice.storage })
    expect(await again.call('account.get', {})).toMatchObject({ name: 'Alice' })
  })

  it('goes on when nobody reads its output any more', async () => {
    const alice = await serve()
    alice.child.stdout?.destroy()
    alice.child.stderr?.destroy()
    expect(await alice.call('network.status', {})).toHaveProperty('online')
  })

  it('starts without any network', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as { port: number }
    closed.close()
    const alice = await spawnMangrove(['serve', '--bootstrap', `127.0.0.1:${port}`, '--bind', '127.0.0.1'])
    expect(alice.url).not.toBe('')
  })

  it('can be stopped while it starts', async () => {
    const args = [CLI, 'serve', '--storage', tempDir(), ...flags()]
    const child = spawn(process.execPath, args, { stdio: 'ignore' })
    withTest(() => void child.kill('SIGKILL'))
    await once(child, 'spawn')
    child.kill('SIGTERM')
    const [code, signal] = await once(child, 'exit')
    expect(code === 0 || signal === 'SIGTERM').toBe(true)
  })

  it('gives MANGROVE_BOOTSTRAP, MANGROVE_BIND and PORT the same effect as the flags', async () => {
    const env = { MANGROVE_BOOTSTRAP: dht.flag, MANGROVE_BIND: '127.0.0.1', PORT: '0' }
    expect((await spawnMangrove(['serve'], { env })).url).not.toBe('')
  })
})

describe('mangrove serve refuses', () => {
  it('a profile that another process uses, which goes on', async () => {
    const alice = await serve()
    expect(await refusal(['--storage', alice.storage])).toBeTruthy()
    expect(await alice.call('network.status', {})).toHaveProperty('online')
  })

  it('a port that is in use, by its number', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    withTest(() => void taken.close())
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    expect(await refusal(['--storage', tempDir(), '--port', String(port)])).toContain(`${port}`)
  })

  it('a folder in which it cannot write', async (context) => {
    if (process.getuid?.() === 0) {
      expect(await refusal(['--storage', '/proc/mangrove'])).toBeTruthy()
      return
    }
    if (process.platform === 'win32') return context.skip('folders have no mode here')
    const folder = tempDir()
    chmodSync(folder, 0o500)
    expect(await refusal(['--storage', join(folder, 'profile')])).toBeTruthy()
  })

  it('a storage that is a file', async () => {
    const file = join(tempDir(), 'file')
    writeFileSync(file, 'mine')
    expect(await refusal(['--storage', file])).toBeTruthy()
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })
})
