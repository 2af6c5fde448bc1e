/**
 * Invariants A and G: whatever `messages.send` returned for arrives exactly once, whoever is killed at whatever moment.
 * `npm test` kills the author 3 times; `npm run chaos` 30 times, and everybody else as well.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { keptRoom, type Person, Village } from '../helpers/people.js'
import { Random } from '../helpers/random.js'

const CHAOS = process.env.MANGROVE_CHAOS === '1'
const KILLS = CHAOS ? 30 : 3
const MESSAGES_A_ROUND = CHAOS ? 200 : 50
/** A start takes about this long, so that kills hit all of it. */
const START_MS = 300

/** Somebody who writes until killed, and remembers what came back. */
class Writer {
  readonly tried: string[] = []
  readonly returned: string[] = []

  constructor(
    readonly person: Person,
    readonly name: string,
    private readonly roomId: string,
    private readonly random: Random
  ) {}

  /** A few at a time. Ends early when the process is killed. */
  async write(count: number, onreturn: () => void = () => {}): Promise<void> {
    const end = this.tried.length + count
    while (this.tried.length < end) {
      const texts = Array.from({ length: this.random.between(1, 8) }, () => this.next())
      const sent = await Promise.allSettled(texts.map((text) => this.send(text, onreturn)))
      const failed = sent.find((result) => result.status === 'rejected')
      if (failed?.reason.code === 'NOT_RUNNING') return
      if (failed) throw failed.reason
    }
  }

  private next(): string {
    const text = `${this.name} ${this.tried.length + 1}`
    this.tried.push(text)
    return text
  }

  private async send(text: string, onreturn: () => void): Promise<void> {
    await this.person.send(this.roomId, text)
    this.returned.push(text)
    onreturn()
  }
}

/** Kills the writer somewhere among its next messages. */
async function writeAndDie(writer: Writer, random: Random): Promise<void> {
  const last = random.between(0, MESSAGES_A_ROUND - 10)
  let killed: Promise<void> | null = null
  const before = writer.returned.length
  const kill = async () => {
    await sleep(random.between(0, 20))
    await writer.person.kill()
  }
  if (last === 0) killed = kill()
  await writer.write(MESSAGES_A_ROUND, () => {
    if (writer.returned.length - before >= last) killed ??= kill()
  })
  await (killed ?? kill())
}

/** Starts somebody, now and then only after killing the start a few times. Returns how often. */
async function startAtLast(person: Person, random: Random): Promise<number> {
  let kills = 0
  for (; CHAOS && random.happens(0.4); kills++) await person.startAndKill(random.between(0, START_MS))
  await person.start()
  return kills
}

/** Kills somebody else at any moment. Returns how many of their starts were killed as well. */
async function disturb(person: Person, random: Random): Promise<number> {
  await sleep(random.between(0, 500))
  await person.kill()
  return startAtLast(person, random)
}

/** Every text that was returned, nothing twice, nothing that nobody wrote, in the order of writing. */
function expectOnce(texts: readonly string[], writer: Writer): void {
  const here = texts.filter((text) => text.startsWith(`${writer.name} `))
  const missing = writer.returned.filter((text) => !here.includes(text))
  const doubled = here.filter((text, i) => here.indexOf(text) !== i)
  expect({ missing, doubled }).toEqual({ missing: [], doubled: [] })
  expect(here).toEqual(writer.tried.filter((text) => here.includes(text)))
}

it(`loses and doubles nothing while its author is killed ${KILLS} times`, async () => {
  const random = Random.forTest()
  const village = await Village.open()
  const [rootPeer, alice, bob] = await Promise.all([village.rootPeer(), village.member('Alice'), village.member('Bob')])
  const { roomId, link } = await keptRoom(alice, rootPeer)
  await bob.call('rooms.join', { link })
  const [alices, bobs] = [new Writer(alice, 'alice', roomId, random), new Writer(bob, 'bob', roomId, random)]
  const kills = { others: 0, starts: 0 }
  for (let kill = 0; kill < KILLS; kill++) {
    const others = CHAOS ? [rootPeer, bob].filter(() => random.happens(0.4)) : []
    const disturbed = Promise.all(others.map((person) => disturb(person, random)))
    const bobWrites = others.includes(bob) ? null : bobs.write(CHAOS ? 20 : 5)
    await Promise.all([writeAndDie(alices, random), bobWrites, disturbed])
    kills.others += others.length
    for (const starts of await disturbed) kills.starts += starts
    kills.starts += await startAtLast(alice, random)
  }
  await alices.write(MESSAGES_A_ROUND)

  const all = [...alices.returned, ...bobs.returned]
  for (const person of [alice, bob]) {
    await person.untilHas(roomId, all)
    await person.untilAll(roomId, 'stored')
  }
  await alice.untilAll(roomId, 'received')
  const [atAlice, atBob] = [await alice.texts(roomId), await bob.texts(roomId)]
  expect(atBob).toEqual(atAlice)
  for (const writer of [alices, bobs]) expectOnce(atBob, writer)
  for (const { process } of [alice, bob, rootPeer]) expect(process.stderr).toBe('')
  if (!CHAOS) return
  const count = (texts: (writer: Writer) => readonly string[]) => texts(alices).length + texts(bobs).length
  console.log(`${KILLS} kills of Alice, ${kills.others} of Bob and the root peer, ${kills.starts} during a start`)
  console.log(
    `${count(({ tried }) => tried)} messages tried, ${count(({ returned }) => returned)} returned, all there once`
  )
})
