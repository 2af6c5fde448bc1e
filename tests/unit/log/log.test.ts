import { expect, test } from 'vitest'
import { logKeyOf } from '../../../src-main/log/hypercore-internals.js'
import type { Log } from '../../../src-main/log/log.js'
import { randomBytes, signKeyPair } from '../../../src-main/protocol/crypto.js'
import type { Frame } from '../../../src-main/protocol/room-messages.js'
import { createLogRecord } from '../../../src-main/protocol/roster.js'
import { openReplica, type Replica, testRoom } from '../../helpers/replicas.js'

const blocks = (...texts: string[]) => texts.map((text) => Buffer.from(text))

/** An author with these frames, one an append, and another replica's empty copy of the log. */
async function scene(...appends: string[][]) {
  const keys = testRoom()
  const [author, replica] = [await openReplica(keys), await openReplica(keys)]
  await author.beginLog()
  const frames: Frame[] = []
  for (const texts of appends) frames.push((await author.append(...texts)).frame)
  return { author, copy: await copyIn(replica, author), frames }
}

async function copyIn(replica: Replica, author: Replica): Promise<Log> {
  const { keys, log, keyPair } = author
  replica.room.addRecord(createLogRecord(keys.roomId, keys.signing, log.key, keyPair))
  const copy = replica.room.log(log.key) as Log
  await copy.ready()
  return copy
}

const [FIRST, SECOND] = [0, 1]

test('frames are taken in one after the other', async () => {
  const { author, copy, frames } = await scene(['one'], ['two', 'three'])
  expect(await copy.receive(frames[FIRST] as Frame)).toMatchObject({ outcome: 'appended', from: 0, to: 1, bytes: 3 })
  expect(await copy.receive(frames[SECOND] as Frame)).toMatchObject({ outcome: 'appended', from: 1, to: 3 })
  expect(copy.treeHash).toEqual(author.log.treeHash)
  expect(copy.head()).toEqual(author.log.head())
})

test('a frame behind a gap is not taken', async () => {
  const { copy, frames } = await scene(['one'], ['two'])
  expect(await copy.receive(frames[SECOND] as Frame)).toEqual({ outcome: 'gap' })
  expect(copy.length).toBe(0)
})

test('of a frame that begins with what is here the rest is taken', async () => {
  const { author, copy, frames } = await scene(['one'], ['two'])
  await copy.receive(frames[FIRST] as Frame)
  const whole = { ...(frames[SECOND] as Frame), start: 0, blocks: blocks('one', 'two') }
  expect(await copy.receive(whole)).toMatchObject({ outcome: 'appended', from: 1, to: 2 })
  expect(copy.treeHash).toEqual(author.log.treeHash)
})

test('a frame without its tail has no signature', async () => {
  const { copy, frames } = await scene(['one', 'two'])
  const cut = { ...(frames[FIRST] as Frame), blocks: blocks('one') }
  expect(await copy.receive(cut)).toEqual({ outcome: 'bad-signature' })
  expect(copy.length).toBe(0)
})

test('a frame that is here is held only if its signature fits our own tree', async () => {
  const { copy, frames } = await scene(['one'], ['two'])
  for (const frame of frames) await copy.receive(frame)
  expect(await copy.receive(frames[FIRST] as Frame)).toEqual({ outcome: 'held' })
  const forged = { ...(frames[FIRST] as Frame), signature: frames[SECOND]?.signature as Buffer }
  expect(await copy.receive(forged)).toEqual({ outcome: 'bad-signature' })
})

test('changed blocks and another’s signature are refused, and the log goes on', async () => {
  const { copy, frames } = await scene(['one'], ['two'])
  const frame = frames[FIRST] as Frame
  expect(await copy.receive({ ...frame, blocks: blocks('0ne') })).toEqual({ outcome: 'bad-signature' })
  expect(await copy.receive({ ...frame, signature: randomBytes(68) })).toEqual({ outcome: 'bad-signature' })
  expect(await copy.receive({ ...frame, signature: Buffer.alloc(0) })).toEqual({ outcome: 'bad-signature' })
  expect(await copy.receive(frame)).toMatchObject({ outcome: 'appended' })
})

test('a second tree that the author signed is a fork, and the first one stays', async () => {
  const { author, copy, frames } = await scene(['one'], ['two'])
  for (const frame of frames) await copy.receive(frame)
  const before = copy.treeHash
  const twin = await openReplica(author.keys)
  twin.keyPair = author.keyPair
  await twin.beginLog()
  await twin.append('one')
  const { frame: other } = await twin.append('other')
  expect(await copy.receive(other)).toMatchObject({ outcome: 'forked', head: { length: 2 } })
  expect(copy.treeHash).toEqual(before)
  const received = await copy.receive(other)
  if (received.outcome !== 'forked') throw new Error('no fork')
  expect(copy.verifyHead(received.head)).toBe(true)
  await copy.quarantine(received.head)
  expect(await copy.receive(frames[SECOND] as Frame)).toEqual({ outcome: 'quarantined' })
  expect((await copy.read(0, 9)).map(String)).toEqual(['one', 'two'])
})

test('nothing is taken in beyond the length at which a log retired', async () => {
  const { copy, frames } = await scene(['one'], ['two'])
  copy.finalLength = 1
  expect(await copy.receive(frames[FIRST] as Frame)).toMatchObject({ outcome: 'appended' })
  expect(await copy.receive(frames[SECOND] as Frame)).toEqual({ outcome: 'retired' })
})

test('what was appended is shown to nobody before it is published', async () => {
  const { author } = await scene(['one'])
  const appended = await author.log.append(blocks('two'), author.keyPair)
  expect(author.log.length).toBe(1)
  expect(author.log.head()?.length).toBe(1)
  expect(await author.log.frameFrom(1)).toBeNull()
  author.log.publish(appended)
  expect(author.log.head()?.length).toBe(2)
  expect((await author.log.frameFrom(1))?.blocks.map(String)).toEqual(['two'])
})

test('a head is the log’s only with a signature of its key', async () => {
  const { author } = await scene(['one'])
  const head = author.log.head()
  if (!head) throw new Error('no head')
  expect(author.log.verifyHead(head)).toBe(true)
  expect(author.log.verifyHead({ ...head, length: 2 })).toBe(false)
  expect(author.log.verifyHead({ ...head, treeHash: randomBytes(32) })).toBe(false)
  expect(author.log.verifyHead({ ...head, signature: randomBytes(68) })).toBe(false)
})

test('a log is its signer’s: another public key has another log', () => {
  const [one, other] = [signKeyPair().publicKey, signKeyPair().publicKey]
  expect(logKeyOf(one)).toEqual(logKeyOf(one))
  expect(logKeyOf(one)).not.toEqual(logKeyOf(other))
})

test('answers to pulls end where a signature is known and put the log together again', async () => {
  const { author, copy } = await scene(...Array.from({ length: 40 }, (_, i) => [`${i}`.repeat(30), 'x']))
  let frames = 0
  for (let frame = await author.log.frameFrom(0); frame; frame = await author.log.frameFrom(copy.length)) {
    expect(await copy.receive(frame)).toMatchObject({ outcome: 'appended' })
    frames++
  }
  expect(copy.treeHash).toEqual(author.log.treeHash)
  expect(frames).toBeLessThanOrEqual(3)
})
