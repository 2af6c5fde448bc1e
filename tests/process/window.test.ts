/** `mangrove serve --window`: the page in a browser window of its own, without a screen here. */
import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../helpers/chromium.js'
import { eventually } from '../helpers/eventually.js'
import { type LocalDht, localDht } from '../helpers/local-dht.js'
import { isWindows } from '../helpers/platform.js'
import { type MangroveProcess, spawnMangrove } from '../helpers/spawn-mangrove.js'
import { tempDir } from '../helpers/temp.js'

let dht: LocalDht

beforeAll(async () => {
  dht = await localDht(afterAll)
})

/** A browser that writes down its process id and its arguments. */
function headlessBrowser(folder: string): string {
  const script = join(folder, 'browser')
  const lines = ['#!/bin/sh', `echo $$ > ${folder}/pid`, `echo "$@" > ${folder}/args`]
  const command = `exec "${chromiumPath()}" --headless=new --no-sandbox --disable-gpu "$@"`
  writeFileSync(script, [...lines, command, ''].join('\n'))
  chmodSync(script, 0o755)
  return script
}

async function serveInWindow(folder: string): Promise<MangroveProcess> {
  const args = ['serve', '--window', '--bootstrap', dht.flag, '--bind', '127.0.0.1']
  const alice = await spawnMangrove(args, { env: { MANGROVE_BROWSER: headlessBrowser(folder) } })
  await eventually(() => sessions(alice) === 1, 30_000, 'the window to exchange its token')
  return alice
}

function sessions({ storage }: MangroveProcess): number {
  const file = join(storage, 'web.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).sessions.length : 0
}

const pidOf = (folder: string) => Number(readFileSync(join(folder, 'pid'), 'utf8'))

describe.skipIf(isWindows)('mangrove serve --window', () => {
  it('opens the page with a session of its own, and no token among the arguments', async () => {
    const folder = tempDir()
    await serveInWindow(folder)
    const args = readFileSync(join(folder, 'args'), 'utf8')
    expect(args).toContain('--app=')
    expect(args).not.toMatch(/token|127\.0\.0\.1/)
  })

  it('ends when the window does', async () => {
    const folder = tempDir()
    const alice = await serveInWindow(folder)
    process.kill(pidOf(folder))
    expect((await once(alice.child, 'exit'))[0]).toBe(0)
  })

  it('takes the window along when it ends', async () => {
    const folder = tempDir()
    const alice = await serveInWindow(folder)
    expect(await alice.stop()).toBe(0)
    expect(() => process.kill(pidOf(folder), 0)).toThrow()
  })

  it('says so where there is no browser, and goes on', async () => {
    const env = { MANGROVE_BROWSER: '/nowhere' }
    const alice = await spawnMangrove(['serve', '--window', '--bootstrap', dht.flag, '--bind', '127.0.0.1'], { env })
    expect(alice.stderr).toMatch(/^mangrove: there is no Chrome/)
    expect(await alice.call('network.status', {})).toHaveProperty('online')
  })
})
