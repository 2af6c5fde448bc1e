import { expect, test } from 'vitest'
import { type LocalDht, localDht } from '../helpers/local-dht.js'
import { member, rootPeer, type TestNode } from '../helpers/nodes.js'

interface Group {
  readonly dht: LocalDht
  readonly people: TestNode[]
  readonly root: TestNode
  readonly roomId: string
}

/** People in one room, each of whom joined by an invite that names the root peer. */
async function group(...names: string[]): Promise<Group> {
  const dht = await localDht()
  const root = await rootPeer(dht)
  const first = await member(dht, names[0] ?? 'Alice')
  await first.call('rootPeers.add', { key: root.key })
  const { roomId } = await first.call('rooms.create', { name: 'Garden' })
  const { link } = await first.call('rooms.invite', { roomId })
  const people = [first]
  for (const name of names.slice(1)) {
    const person = await member(dht, name)
    await person.call('rooms.join', { link })
    people.push(person)
  }
  for (const person of people) await membersOf(person, roomId, names.length)
  return { dht, people, root, roomId }
}

const membersOf = (node: TestNode, roomId: string, count: number) =>
  node.until(async () => (await node.room(roomId))?.members === count, `${count} members`)

async function converged(people: readonly TestNode[], roomId: string, count: number): Promise<string[]> {
  for (const person of people) {
    await person.until(async () => (await person.history(roomId)).length === count, `${count} messages`)
  }
  const [first, ...others] = await Promise.all(people.map((person) => person.texts(roomId)))
  for (const texts of others) expect(texts).toEqual(first)
  return first ?? []
}

test('three members and a root peer write at once, and all show the same', async () => {
  const { people, roomId } = await group('Alice', 'Bob', 'Carol')
  await Promise.all(
    people.flatMap((person, who) =>
      Array.from({ length: 20 }, (_, i) => person.call('messages.send', { roomId, text: `${who}.${i}` }))
    )
  )
  const texts = await converged(people, roomId, 60)
  for (const who of [0, 1, 2]) {
    const own = texts.filter((text) => text.startsWith(`${who}.`))
    expect(own).toEqual(Array.from({ length: 20 }, (_, i) => `${who}.${i}`))
  }
  for (const person of people) {
    await person.until(async () => (await person.history(roomId)).every(({ state }) => !state || state === 'received'))
    await person.until(async () => (await person.room(roomId))?.rootPeers[0]?.holdsAll === true, 'the root peer')
  }
})

test('members whom a root peer introduced are connected to each other and go on without it', async () => {
  const { people, root, roomId } = await group('Alice', 'Bob', 'Carol')
  for (const person of people) {
    await person.until(async () => (await person.call('network.status', {})).peers === 3, 'three peers')
  }
  await root.close()
  for (const [i, person] of people.entries()) await person.call('messages.send', { roomId, text: `without ${i}` })
  await converged(people, roomId, 3)
})

test('who was away catches up, and what was written offline finds its place', async () => {
  const { dht, people, roomId } = await group('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people as [TestNode, TestNode, TestNode]
  await carol.close()
  for (let i = 0; i < 30; i++) await (i % 2 ? alice : bob).call('messages.send', { roomId, text: `while away ${i}` })
  await converged([alice, bob], roomId, 30)
  const back = await member(dht, null, { storage: carol.storage })
  await back.call('messages.send', { roomId, text: 'back again' })
  await converged([alice, bob, back], roomId, 31)
})

test('in a line of members that meet one after the other everything arrives', async () => {
  const dht = await localDht()
  const alice = await member(dht, 'Alice')
  const { roomId } = await alice.call('rooms.create', { name: 'Garden' })
  const { link } = await alice.call('rooms.invite', { roomId })
  await alice.call('messages.send', { roomId, text: 'from Alice' })
  const bob = await member(dht, 'Bob')
  await bob.call('rooms.join', { link })
  await converged([alice, bob], roomId, 1)
  await alice.close()
  const second = await bob.call('rooms.invite', { roomId })
  const carol = await member(dht, 'Carol')
  await carol.call('rooms.join', { link: second.link })
  await converged([bob, carol], roomId, 1)
  await carol.call('messages.send', { roomId, text: 'from Carol' })
  await converged([bob, carol], roomId, 2)
  await carol.close()
  const again = await member(dht, null, { storage: alice.storage })
  expect(await converged([again, bob], roomId, 2)).toEqual(['from Alice', 'from Carol'])
})
