/** Frames that wait together are taken in together, and each is still answered for on its own. */
import { expect, it } from 'vitest'
import type { Log } from '../../../src-main/log/log.js'
import type { Frame } from '../../../src-main/protocol/room-messages.js'
import { decodeRosterRecord, type RosterRecord } from '../../../src-main/protocol/roster.js'
import { openReplica, testRoom } from '../../helpers/replicas.js'

interface Written {
  readonly frames: readonly Frame[]
  /** An empty replica of the log they are of. */
  readonly log: Log
}

/** So many frames of one entry each. */
async function written(count: number): Promise<Written> {
  const keys = testRoom()
  const author = await openReplica(keys)
  await author.beginLog()
  const frames: Frame[] = []
  for (let i = 0; i < count; i++) frames.push((await author.append(`entry ${i}`)).frame)
  const reader = await openReplica(keys)
  for (const record of author.roster.load()) reader.room.addRecord(decodeRosterRecord(record) as RosterRecord)
  return { frames, log: reader.room.log(author.log.key) as Log }
}

function receiveAll(log: Log, frames: readonly Frame[]) {
  return Promise.all(frames.map((frame) => log.receive(frame)))
}

function withBlock(frame: Frame, text: string): Frame {
  return { ...frame, blocks: [Buffer.from(text)] }
}

async function texts(log: Log): Promise<string[]> {
  return (await log.read(0, log.length)).map(String)
}

it('tells of each frame what it brought', async () => {
  const { frames, log } = await written(8)
  const received = await receiveAll(log, frames)
  expect(received).toEqual(frames.map((_, i) => ({ outcome: 'appended', from: i, to: i + 1, bytes: 7 })))
  expect(await texts(log)).toEqual(frames.map((_, i) => `entry ${i}`))
})

it('takes in what comes before a forged frame, and nothing of it and behind it', async () => {
  const { frames, log } = await written(6)
  const forged = frames.map((frame, i) => (i === 3 ? withBlock(frame, 'forged!') : frame))
  const outcomes = (await receiveAll(log, forged)).map(({ outcome }) => outcome)
  expect(outcomes).toEqual(['appended', 'appended', 'appended', 'bad-signature', 'gap', 'gap'])
  expect((await receiveAll(log, frames.slice(3))).map(({ outcome }) => outcome)).toEqual(Array(3).fill('appended'))
  expect(await texts(log)).toEqual(frames.map((_, i) => `entry ${i}`))
})

it('knows what it holds already, and what is behind a gap', async () => {
  const { frames, log } = await written(6)
  const order = [0, 1, 2, 1, 2, 3, 5, 4].map((i) => frames[i] as Frame)
  const outcomes = (await receiveAll(log, order)).map(({ outcome }) => outcome)
  expect(outcomes).toEqual(['appended', 'appended', 'appended', 'held', 'held', 'appended', 'gap', 'appended'])
})

it('takes nothing in behind the end of a retired log', async () => {
  const { frames, log } = await written(6)
  log.finalLength = 4
  const outcomes = (await receiveAll(log, frames)).map(({ outcome }) => outcome)
  expect(outcomes).toEqual([...Array(4).fill('appended'), 'retired', 'retired'])
})

it('keeps enough signatures to give it all away again', async () => {
  const { frames, log } = await written(1300)
  await receiveAll(log, frames)
  const sizes: number[] = []
  for (let from = 0; from < 1300; from += sizes.at(-1) as number) {
    const frame = await log.frameFrom(from)
    sizes.push(frame?.blocks.length ?? Number.NaN)
  }
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1000)
  expect(sizes.reduce((sum, size) => sum + size)).toBe(frames.length)
})
