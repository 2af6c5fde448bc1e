/** Who cannot be told now is told later: a log that never grows again must not stay unheard of. */
import { expect, test } from 'vitest'
import { Announcer } from '../../../src-main/log/announcer.js'
import type { Log } from '../../../src-main/log/log.js'
import type { RoomChannel } from '../../../src-main/log/room-channel.js'
import type { SignedHead } from '../../../src-main/protocol/room-messages.js'
import { withTest } from '../../helpers/temp.js'

const key = Buffer.alloc(32, 1)
const head: SignedHead = { logKey: key, length: 2, treeHash: Buffer.alloc(32), signature: Buffer.alloc(64) }
const log = { key, length: 2, head: () => head } as unknown as Log

/** A channel whose other side has not read for a while. */
function fullChannel() {
  const told: number[] = []
  const drained = Promise.withResolvers<void>()
  const channel = {
    greeted: true,
    asked: 0,
    get writable() {
      this.asked++
      if (this.asked === 1) drained.resolve()
      return this.asked > 1
    },
    holds: (_: Buffer, length: number) => told.includes(length),
    hasTold: (_: Buffer, length: number) => told.includes(length),
    sendHeads: (rows: SignedHead[]) => told.push(...rows.map(({ length }) => length))
  }
  return { channel: channel as unknown as RoomChannel, told, skipped: drained.promise }
}

test('a neighbour whose channel is full hears of a grown log once it has room again', async () => {
  const { channel, told, skipped } = fullChannel()
  const announcer = new Announcer(new Set([channel]), true)
  withTest(() => announcer.close())
  announcer.grew(log)
  await skipped
  expect(told).toEqual([])
  await expect.poll(() => told, { timeout: 10_000 }).toEqual([2])
})
