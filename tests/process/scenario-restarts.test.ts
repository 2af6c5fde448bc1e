/** Everybody is restarted or killed again and again, in any order, and writes whenever there. */
import { expect, it } from 'vitest'
import { keptRoom, type Person, Village } from '../helpers/people.js'
import { Random } from '../helpers/random.js'

const ROUNDS = 4

async function endOneWay(person: Person, random: Random): Promise<void> {
  await (random.happens(0.5) ? person.kill() : person.stop())
}

it('keeps one history whoever comes and goes in whatever order', async () => {
  const random = Random.forTest()
  const village = await Village.open()
  const [rootPeer, alice, bob] = await Promise.all([village.rootPeer(), village.member('Alice'), village.member('Bob')])
  const { roomId, link } = await keptRoom(alice, rootPeer)
  await bob.ask('rooms.join', { link })
  const texts: string[] = []
  const everybody = [rootPeer, alice, bob]
  for (let round = 1; round <= ROUNDS; round++) {
    for (const person of random.shuffled(everybody)) {
      await endOneWay(person, random)
      for (const writer of random.shuffled([alice, bob])) {
        if (writer.isRunning) texts.push(...(await writer.sendAll(roomId, `${round}.${texts.length}`, 3)))
      }
      if (random.happens(0.5)) await person.start()
    }
    for (const person of random.shuffled(everybody)) if (!person.isRunning) await person.start()
  }
  for (const person of [alice, bob]) {
    await person.untilHas(roomId, texts)
    await person.untilAll(roomId, 'received')
    await person.untilHeld(roomId)
  }
  const [atAlice, atBob] = [await alice.history(roomId), await bob.history(roomId)]
  expect(atAlice.map(({ text }) => text).toSorted()).toEqual(texts.toSorted())
  expect(atBob.map(({ id }) => id)).toEqual(atAlice.map(({ id }) => id))
  for (const { process } of everybody) expect(process.stderr).toBe('')
})
