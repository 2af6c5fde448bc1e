/** A root peer says what it holds to everyone, also to those who have it themselves: people are shown it. */
import { expect, test } from 'vitest'
import { decodeHeads, encodeAck } from '../../src-main/protocol/room-messages.js'
import { HostilePeer } from '../helpers/hostile-peer.js'
import { hasLength, link, openReplica, testRoom } from '../helpers/replicas.js'

test('a member who has a log hears that the root peer got it from somebody else', async () => {
  const keys = testRoom()
  const author = await openReplica(keys)
  const rootPeer = await openReplica(keys, { isRootPeer: true })
  await author.beginLog()
  const first = await link(author, rootPeer)
  await author.append('one')
  await hasLength(rootPeer, author.log.key, 1)
  first.cut()
  const { length, treeHash } = await author.append('two')

  const member = (await HostilePeer.connect(rootPeer)).open()
  await member.message('heads')
  member.send('ack', encodeAck({ logKey: author.log.key, from: 0, length, treeHash }))
  await link(author, rootPeer)
  const namesBoth = (message: Buffer) => decodeHeads(message).rows.some((row) => row.length === 2)
  const heads = decodeHeads(await member.message('heads', namesBoth))
  expect(heads.rows[0]?.logKey).toEqual(author.log.key)
})
