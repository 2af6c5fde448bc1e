import { describe, expect, test } from 'vitest'
import { logKeyOf } from '../../src-main/log/hypercore-internals.js'
import { randomBytes, signKeyPair } from '../../src-main/protocol/crypto.js'
import { LIMITS } from '../../src-main/protocol/limits.js'
import {
  decodeAck,
  decodePull,
  decodeRefused,
  encodeAck,
  encodeHeads,
  encodePull,
  encodePush,
  encodeRoster,
  type Frame,
  roomProof
} from '../../src-main/protocol/room-messages.js'
import { createLogRecord, createRetiredRecord } from '../../src-main/protocol/roster.js'
import { HostilePeer } from '../helpers/hostile-peer.js'
import { hasLength, link, openReplica, type Replica, testRoom } from '../helpers/replicas.js'

/** A replica under attack that holds three entries of a good log, and frames of what comes behind them. */
async function scene() {
  const keys = testRoom()
  const author = await openReplica(keys)
  const victim = await openReplica(keys)
  await author.beginLog()
  const joined = await link(author, victim)
  await author.append('one', 'two', 'three')
  await hasLength(victim, author.log.key, 3)
  joined.cut()
  const frames: Frame[] = []
  for (const text of ['four', 'five']) frames.push((await author.append(text)).frame)
  return { keys, author, victim, frames: frames as [Frame, Frame] }
}

function log(replica: Replica, key: Buffer) {
  const found = replica.room.log(key)
  if (!found) throw new Error('no such log')
  return found
}

async function opened(victim: Replica): Promise<HostilePeer> {
  const peer = (await HostilePeer.connect(victim)).open()
  await peer.message('heads')
  return peer
}

describe('a peer without the room', () => {
  test('that gives a wrong proof gets nothing, and its channel is closed', async () => {
    const { victim } = await scene()
    const peer = (await HostilePeer.connect(victim)).open({ proof: randomBytes(32) })
    await peer.until(() => peer.channelClosed)
    expect(peer.received).toEqual([])
    expect(victim.room.verifiedPeers).toBe(0)
  })

  test('that sends before its wrong proof is judged changes nothing', async () => {
    const { victim, author, frames } = await scene()
    const peer = (await HostilePeer.connect(victim)).open({ proof: randomBytes(32) })
    peer.send('push', encodePush({ ...frames[0], kind: 'push' }))
    peer.send('pull', encodePull({ logKey: author.log.key, from: 0 }))
    await peer.until(() => peer.channelClosed)
    expect(log(victim, author.log.key).length).toBe(3)
    expect(peer.received).toEqual([])
  })

  test('that reflects our own proof is refused', async () => {
    const { victim } = await scene()
    const peer = await HostilePeer.connect(victim)
    const { handshakeHash, isInitiator } = peer.connection
    peer.open({ proof: roomProof(handshakeHash, !isInitiator, victim.keys.roomId) })
    await peer.until(() => peer.channelClosed)
    expect(peer.received).toEqual([])
  })

  test('that asks for a room that is not here is turned away', async () => {
    const { victim } = await scene()
    const peer = (await HostilePeer.connect(victim)).open({ roomId: randomBytes(32) })
    await peer.until(() => peer.channelClosed)
    expect(peer.received).toEqual([])
  })
})

describe('a member that lies', () => {
  test('with a frame whose signature is wrong adds nothing, and three of them end the connection', async () => {
    const { victim, author, frames } = await scene()
    const peer = await opened(victim)
    const bad = encodePush({ ...frames[0], signature: randomBytes(68), kind: 'push' })
    for (let i = 0; i < 3; i++) peer.send('push', bad)
    await peer.until(() => peer.connection.closed)
    expect(log(victim, author.log.key).length).toBe(3)
  })

  test('with other blocks under a right signature adds nothing', async () => {
    const { victim, author, frames } = await scene()
    const peer = await opened(victim)
    for (let i = 0; i < 3; i++)
      peer.send('push', encodePush({ ...frames[0], blocks: [Buffer.from('x')], kind: 'push' }))
    await peer.until(() => peer.connection.closed)
    expect((await log(victim, author.log.key).read(0, 9)).map(String)).toEqual(['one', 'two', 'three'])
  })

  test('with a gap is asked for what is missing, and nothing is taken in meanwhile', async () => {
    const { victim, author, frames } = await scene()
    const peer = await opened(victim)
    peer.send('push', encodePush({ ...frames[1], kind: 'push' }))
    expect(decodePull(await peer.message('pull'))).toEqual({ logKey: author.log.key, from: 3 })
    expect(log(victim, author.log.key).length).toBe(3)
    peer.send('push', encodePush({ ...frames[0], kind: 'push' }))
    peer.send('push', encodePush({ ...frames[1], kind: 'push' }))
    await hasLength(victim, author.log.key, 5)
  })

  test('with a log outside of the roster is counted, and the log is not opened', async () => {
    const { victim, frames } = await scene()
    const peer = await opened(victim)
    for (let i = 0; i < 3; i++) peer.send('push', encodePush({ ...frames[0], logKey: randomBytes(32), kind: 'push' }))
    await peer.until(() => peer.connection.closed)
    expect(victim.room.logs.size).toBe(1)
  })

  test("with another's signer under a log key cannot poison the log", async () => {
    const { victim, keys } = await scene()
    const peer = await opened(victim)
    const [real, fake] = [signKeyPair(), signKeyPair()]
    const record = createLogRecord(keys.roomId, keys.signing, logKeyOf(real.publicKey), fake)
    for (let i = 0; i < 3; i++) peer.send('roster', encodeRoster([record]))
    await peer.until(() => peer.connection.closed)
    expect(victim.room.logs.size).toBe(1)
  })

  test('with retirements of logs that are not in the roster is not believed, and nothing is kept of them', async () => {
    const { victim, keys } = await scene()
    const peer = await opened(victim)
    const records = Array.from({ length: 200 }, () => {
      const pair = signKeyPair()
      return createRetiredRecord(keys.roomId, logKeyOf(pair.publicKey), 0, pair)
    })
    peer.send('roster', encodeRoster(records))
    peer.send('pull', encodePull({ logKey: randomBytes(32), from: 0 }))
    await peer.message('refused')
    expect(victim.roster.load()).toHaveLength(1)
  })

  test('with more logs than a room may have fills it up to the limit only', async () => {
    const { victim, keys } = await scene()
    const peer = await opened(victim)
    const records = Array.from({ length: 256 }, () => {
      const pair = signKeyPair()
      return createLogRecord(keys.roomId, keys.signing, logKeyOf(pair.publicKey), pair)
    })
    peer.send('roster', encodeRoster(records))
    peer.send('pull', encodePull({ logKey: randomBytes(32), from: 0 }))
    await peer.message('refused')
    expect(victim.room.logs.size).toBe(256)
  })

  test('with a roster record that the room did not sign adds no log', async () => {
    const { victim, keys } = await scene()
    const peer = await opened(victim)
    const pair = signKeyPair()
    const record = createLogRecord(keys.roomId, signKeyPair(), logKeyOf(pair.publicKey), pair)
    for (let i = 0; i < 3; i++) peer.send('roster', encodeRoster([record]))
    await peer.until(() => peer.connection.closed)
    expect(victim.room.logs.size).toBe(1)
  })

  test('with heads that the log did not sign is believed nothing', async () => {
    const { victim, author } = await scene()
    const peer = await opened(victim)
    const row = { logKey: author.log.key, length: 1_000_000, treeHash: randomBytes(32), signature: randomBytes(68) }
    for (let i = 0; i < 3; i++) peer.send('heads', encodeHeads({ rows: [row], last: true }))
    await peer.until(() => peer.connection.closed)
    expect(log(victim, author.log.key).claimed?.length ?? 0).toBeLessThanOrEqual(3)
  })

  test('with a true head at a false length is believed nothing', async () => {
    const { victim, author } = await scene()
    const peer = await opened(victim)
    const head = author.log.head()
    if (!head) throw new Error('no head')
    const rows = [{ ...head, length: head.length + 1 }]
    for (let i = 0; i < 3; i++) peer.send('heads', encodeHeads({ rows, last: true }))
    await peer.until(() => peer.connection.closed)
    expect(log(victim, author.log.key).claimed?.length ?? 0).toBeLessThanOrEqual(3)
  })

  test('with an acknowledgement of another tree is not counted', async () => {
    const { victim } = await scene()
    await victim.beginLog()
    await victim.append('mine')
    const acks: number[] = []
    victim.room.on('ack', ({ length }) => acks.push(length))
    const peer = await opened(victim)
    peer.send('ack', encodeAck({ logKey: victim.log.key, from: 0, length: 1, treeHash: randomBytes(32) }))
    peer.send('ack', encodeAck({ logKey: victim.log.key, from: 0, length: 1, treeHash: victim.log.treeHash }))
    peer.send('pull', encodePull({ logKey: victim.log.key, from: 0 }))
    await peer.message('push')
    expect(acks).toEqual([1])
  })

  test('with a frame above the limit is not parsed', async () => {
    const { victim } = await scene()
    const peer = await opened(victim)
    for (let i = 0; i < 3; i++) peer.send('roster', Buffer.alloc(300 * 1024))
    await peer.until(() => peer.connection.closed)
    expect(victim.room.logs.size).toBe(1)
  })

  test('with noise in every message type ends its own connection only', async () => {
    const { victim, author } = await scene()
    const peer = await opened(victim)
    for (const name of ['roster', 'heads', 'push', 'ack', 'pull', 'signal', 'peers', 'refused'] as const) {
      peer.send(name, randomBytes(40))
    }
    await peer.until(() => peer.connection.closed)
    const friend = await openReplica(victim.keys)
    await link(victim, friend)
    await hasLength(friend, author.log.key, 3)
  })

  test('that goes on after closing its channel is not heard', async () => {
    const { victim, author, frames } = await scene()
    const peer = await opened(victim)
    peer.close()
    peer.send('push', encodePush({ ...frames[0], kind: 'push' }))
    const friend = await openReplica(victim.keys)
    await link(victim, friend)
    await hasLength(friend, author.log.key, 3)
    expect(log(victim, author.log.key).length).toBe(3)
  })

  test('that pulls what is not there is told so', async () => {
    const { victim, author } = await scene()
    const peer = await opened(victim)
    peer.send('pull', encodePull({ logKey: randomBytes(32), from: 0 }))
    peer.send('pull', encodePull({ logKey: author.log.key, from: Number.MAX_SAFE_INTEGER }))
    await peer.until(() => peer.received.filter(({ type }) => type === 10).length === 2)
    const codes = peer.received.filter(({ type }) => type === 10).map(({ message }) => decodeRefused(message).code)
    expect(codes.sort()).toEqual([1, 2])
  })
})

describe('an author that forks', () => {
  test('is quarantined with its first-seen prefix, by a frame or by a signed head', async () => {
    const { keys, author, victim } = await scene()
    const twin = await openReplica(keys)
    twin.keyPair = author.keyPair
    await twin.beginLog()
    const forked = await twin.append('one', 'two', 'other')
    const conflict = new Promise((resolve) => victim.room.on('conflict', resolve))
    const peer = await opened(victim)
    peer.send('push', encodePush({ ...forked.frame, kind: 'push' }))
    await conflict
    const kept = log(victim, author.log.key)
    expect(kept.quarantined).toBe(true)
    expect((await kept.read(0, 9)).map(String)).toEqual(['one', 'two', 'three'])
    expect(peer.connection.closed).toBe(false)
    const other = await openReplica(keys)
    await link(other, author)
    await hasLength(other, author.log.key, 5)
    const second = new Promise((resolve) => other.room.on('conflict', resolve))
    await link(other, twin)
    await second
    expect(log(other, author.log.key).quarantined).toBe(true)
  })
})

test('a log of large entries is caught up in frames below the limit', async () => {
  const keys = testRoom()
  const [author, reader] = [await openReplica(keys), await openReplica(keys)]
  await author.beginLog()
  const large = 'x'.repeat(60 * 1024)
  for (let i = 0; i < 90; i++) await author.append(large)
  for (let from = 0; from < 90; ) {
    const frame = await author.log.frameFrom(from)
    if (!frame) throw new Error('no frame')
    expect(encodePush({ ...frame, kind: 'answer' }).byteLength).toBeLessThanOrEqual(LIMITS.pushFrame)
    from += frame.blocks.length
  }
  await link(author, reader)
  await hasLength(reader, author.log.key, 90)
})

test('acknowledgements name our own tree, also to one who sends what is held', async () => {
  const { victim, author } = await scene()
  const peer = await opened(victim)
  const frame = await author.log.frameFrom(0)
  if (!frame) throw new Error('no frame')
  peer.send('push', encodePush({ ...frame, kind: 'push' }))
  const ack = decodeAck(await peer.message('ack', (message) => decodeAck(message).length === 5))
  expect(ack).toEqual({ logKey: author.log.key, from: 0, length: 5, treeHash: author.log.treeHash })
})
