import { expect, test } from 'vitest'
import { hasLength, link, openReplica, testRoom } from '../helpers/replicas.js'

test('a neighbour receives what is pushed, and acknowledges it', async () => {
  const keys = testRoom()
  const [a, b] = [await openReplica(keys), await openReplica(keys)]
  await a.beginLog()
  const acked = new Promise<number>((resolve) => a.room.on('ack', ({ length }) => length === 3 && resolve(length)))
  await link(a, b)
  await a.append('one')
  await a.append('two', 'three')
  await hasLength(b, a.log.key, 3)
  const blocks = await b.room.log(a.log.key)?.read(0, 3)
  expect(blocks?.map(String)).toEqual(['one', 'two', 'three'])
  expect(await acked).toBe(3)
})

test('what was written before a connection is caught up', async () => {
  const keys = testRoom()
  const [a, b] = [await openReplica(keys), await openReplica(keys)]
  await a.beginLog()
  for (let i = 0; i < 3000; i += 20) await a.append(...Array.from({ length: 20 }, (_, n) => `entry ${i + n}`))
  await link(a, b)
  await hasLength(b, a.log.key, 3000)
  expect(b.room.log(a.log.key)?.treeHash).toEqual(a.log.treeHash)
})

test('in a line the far end hears of everything', async () => {
  const keys = testRoom()
  const [a, b, c] = [await openReplica(keys), await openReplica(keys), await openReplica(keys)]
  await a.beginLog()
  await c.beginLog()
  await link(a, b)
  await link(b, c)
  await a.append('from the one end')
  await c.append('from the other')
  await Promise.all([hasLength(c, a.log.key, 1), hasLength(a, c.log.key, 1)])
  expect(await c.room.log(a.log.key)?.read(0, 1)).toEqual([Buffer.from('from the one end')])
})

test('in a triangle all three converge', async () => {
  const keys = testRoom()
  const replicas = [await openReplica(keys), await openReplica(keys), await openReplica(keys)]
  const [a, b, c] = replicas as [(typeof replicas)[0], (typeof replicas)[0], (typeof replicas)[0]]
  for (const replica of replicas) await replica.beginLog()
  await link(a, b)
  await link(b, c)
  await link(c, a)
  for (let i = 0; i < 50; i++) await Promise.all(replicas.map((replica) => replica.append(`entry ${i}`)))
  for (const from of replicas) for (const to of replicas) await hasLength(to, from.log.key, 50)
  for (const from of replicas)
    for (const to of replicas) expect(to.room.log(from.log.key)?.treeHash).toEqual(from.log.treeHash)
})
