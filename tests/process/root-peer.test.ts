/** `mangrove root-peer` as a real process. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LocalDht, localDht } from '../helpers/local-dht.js'
import { isWindows } from '../helpers/platform.js'
import { type SpawnOptions, spawnMangrove } from '../helpers/spawn-mangrove.js'

let dht: LocalDht

beforeAll(async () => {
  dht = await localDht(afterAll)
})

const rootPeer = (options?: SpawnOptions) =>
  spawnMangrove(['root-peer', '--bootstrap', dht.flag, '--bind', '127.0.0.1'], options)

it('prints its public key alone on the last line and stops on SIGTERM with exit code 0', async () => {
  const root = await rootPeer()
  expect(root.stdout.trimEnd().split('\n').at(-1)).toBe(`public key: ${root.publicKey}`)
  expect(root.stderr).toBe('')
  if (!isWindows) expect(await root.stop()).toBe(0)
})

it('has the same key after a stop and after a kill', async () => {
  const first = await rootPeer()
  const { publicKey, storage } = first
  await first.stop()
  const second = await rootPeer({ storage })
  await second.kill()
  const third = await rootPeer({ storage })
  expect([second.publicKey, third.publicKey]).toEqual([publicKey, publicKey])
})

it('answers network commands and says UNAVAILABLE to those of members', async () => {
  const root = await rootPeer()
  expect(await root.call('network.status', {})).toHaveProperty('online')
  await expect(root.call('rooms.list', {})).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})
