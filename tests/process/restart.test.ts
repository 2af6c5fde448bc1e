/** A page that is open while its node restarts: the port and the session are the ones it knows. */

import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LocalDht, localDht } from '../helpers/local-dht.js'
import { isWindows } from '../helpers/platform.js'
import { type SpawnOptions, spawnMangrove } from '../helpers/spawn-mangrove.js'
import { withTest } from '../helpers/temp.js'
import { exchange, openSocket, tokenOf, WebClient } from '../helpers/web-client.js'

let dht: LocalDht

beforeAll(async () => {
  dht = await localDht(afterAll)
})

const serve = (options?: SpawnOptions) =>
  spawnMangrove(['serve', '--bootstrap', dht.flag, '--bind', '127.0.0.1'], options)
const portOf = (url: string) => Number(new URL(url).port)

async function sessionOf(url: string): Promise<string> {
  return JSON.parse((await exchange(portOf(url), tokenOf(url))).body).session
}

it('finds the same port and is let in with the same session', async () => {
  const alice = await serve()
  const session = await sessionOf(alice.url)
  await alice.kill()
  const again = await serve({ storage: alice.storage })
  expect(portOf(again.url)).toBe(portOf(alice.url))
  const tab = await WebClient.withSession(portOf(again.url), session)
  withTest(() => tab.close())
  expect(await tab.call('network.status', {})).toHaveProperty('result')
})

it('finds nothing of its secret in the profile', async () => {
  const alice = await serve()
  const session = await sessionOf(alice.url)
  const file = join(alice.storage, 'web.json')
  const kept = readFileSync(file, 'utf8')
  expect(JSON.parse(kept)).toMatchObject({ port: portOf(alice.url), sessions: [expect.any(String)] })
  expect(kept).not.toContain(session)
  expect(kept).not.toContain(tokenOf(alice.url))
  if (!isWindows) expect(statSync(file).mode & 0o777).toBe(0o600)
})

it('is let in no more once somebody else has had the port', async () => {
  const alice = await serve()
  const session = await sessionOf(alice.url)
  await alice.stop()
  const thief = createServer().listen(portOf(alice.url), '127.0.0.1')
  await once(thief, 'listening')
  const again = await serve({ storage: alice.storage })
  expect(portOf(again.url)).not.toBe(portOf(alice.url))
  await new Promise((closed) => thief.close(closed))
  const socket = openSocket(portOf(again.url))
  await once(socket, 'open')
  socket.send(JSON.stringify({ session }))
  expect((await once(socket, 'close'))[0]).toBe(4401)
})
