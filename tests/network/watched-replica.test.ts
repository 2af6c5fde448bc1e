/** What a member knows of a root peer's copy of other people's logs, by whichever way it comes to know. */
import { expect, test } from 'vitest'
import type { Log } from '../../src-main/log/log.js'
import type { RoomEvents } from '../../src-main/log/room-replica.js'
import { hex } from '../../src-main/protocol/bytes.js'
import type { SignedHead } from '../../src-main/protocol/room-messages.js'
import { decodeAck, encodeAck, encodeHeads, encodePull, encodePush } from '../../src-main/protocol/room-messages.js'
import { HostilePeer } from '../helpers/hostile-peer.js'
import { hasLength, link, openReplica, type Replica, testRoom } from '../helpers/replicas.js'

/** A member who holds one entry of an author's log, and a root peer driven by hand that the member watches. */
async function scene() {
  const keys = testRoom()
  const author = await openReplica(keys)
  const member = await openReplica(keys)
  await author.beginLog()
  const { cut } = await link(author, member)
  await author.append('one')
  await hasLength(member, author.log.key, 1)
  cut()
  const rootPeer = await HostilePeer.connect(member)
  member.room.watched = new Set([hex(rootPeer.victim.remoteKey)])
  rootPeer.open()
  await rootPeer.message('heads')
  return { author, member, rootPeer }
}

function nextAck(member: Replica): Promise<RoomEvents['ack']> {
  return new Promise((resolve) => member.room.on('ack', resolve))
}

test('a root peer that answers a pull after the entries came from elsewhere is known to hold them', async () => {
  const { author, member, rootPeer } = await scene()
  const { frame } = await author.append('two')
  rootPeer.send('heads', encodeHeads({ rows: [author.log.head() as SignedHead], last: true }))
  await rootPeer.message('pull')
  const elsewhere = (await HostilePeer.connect(member)).open()
  await elsewhere.message('heads')
  elsewhere.send('push', encodePush({ ...frame, kind: 'push' }))
  await hasLength(member, author.log.key, 2)

  const ack = nextAck(member)
  rootPeer.send('push', encodePush({ ...frame, kind: 'last-answer' }))
  const { replica, log, length } = await ack
  expect({ replica: hex(replica), log, length }).toEqual({
    replica: hex(rootPeer.victim.remoteKey),
    log: member.room.log(author.log.key) as Log,
    length: 2
  })
})

test('an acknowledgement of more than is here counts once the log has grown, as after a restore', async () => {
  const { author, member, rootPeer } = await scene()
  member.room.own.add(hex(author.log.key))
  const { frame, length, treeHash } = await author.append('two')
  rootPeer.send('ack', encodeAck({ logKey: author.log.key, from: 0, length, treeHash }))
  const ack = nextAck(member)
  rootPeer.send('push', encodePush({ ...frame, kind: 'push' }))
  expect(await ack).toMatchObject({ length: 2 })
})

test('who pulls a log is told how much of it is durable here, because it may be its own that it lost', async () => {
  const { author, member } = await scene()
  const restored = (await HostilePeer.connect(member)).open()
  await restored.message('heads')
  restored.send('pull', encodePull({ logKey: author.log.key, from: 0 }))
  await restored.message('push')
  expect(decodeAck(await restored.message('ack'))).toMatchObject({ logKey: author.log.key, length: 1 })
})
