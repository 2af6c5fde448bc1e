import { expect, test } from 'vitest'
import { randomBytes } from '../../../src-main/protocol/crypto.js'
import { LIMITS } from '../../../src-main/protocol/limits.js'
import { testRoom } from '../../helpers/replicas.js'
import { Folder, Person } from '../../helpers/written-logs.js'

const STEP = LIMITS.lamportStep
const FAR = 2 ** 50
const keys = testRoom()
const alice = new Person('Alice')
const bob = new Person('Bob')
const missing = () => ({ log: randomBytes(8), length: 3 })

test('a step of exactly 2^20 is shown, one more is hidden', async () => {
  const log = alice.log(keys).text('far', { lamport: 1 + STEP })
  log.text('too far', { lamport: 1 + STEP + STEP + 1 }).text('near', { lamport: 2 + STEP })
  expect((await new Folder(keys).fold(log)).texts).toEqual(['far', 'near'])
})

test('the first entry of a log steps from zero', async () => {
  const [good, bad] = [alice.log(keys, STEP).text('good'), bob.log(keys, STEP + 1).text('bad')]
  expect((await new Folder(keys).fold(good, bad)).texts).toEqual(['good'])
})

test('a greater step holds when a named entry was as far', async () => {
  const first = alice.log(keys).text('one', { lamport: STEP })
  const second = bob.log(keys).text('two', { lamport: 2 * STEP, heads: [first.head()] })
  const folder = await new Folder(keys).fold(first, second)
  expect(folder.texts).toEqual(['one', 'two'])
  expect(folder.index.lamport).toBe(2 * STEP)
})

test('an entry that names a log that is missing is shown meanwhile, and holds once the log is here', async () => {
  const first = alice.log(keys).text('one', { lamport: STEP })
  const second = bob.log(keys).text('two', { lamport: 2 * STEP, heads: [first.head()] })
  const folder = await new Folder(keys).fold(second)
  expect(folder.texts).toEqual(['two'])
  expect(folder.index.lamport).toBe(1)
  await folder.fold(first)
  expect(folder.texts).toEqual(['one', 'two'])
  expect(folder.index.lamport).toBe(2 * STEP)
})

test('an entry whose named log arrives and does not justify it is hidden, whichever came first', async () => {
  const first = alice.log(keys).text('one')
  const second = bob
    .log(keys)
    .text('two', { lamport: FAR, heads: [first.head()] })
    .text('three', { lamport: 3 })
  const late = await new Folder(keys).fold(second)
  expect(late.texts).toEqual(['three', 'two'])
  await late.fold(first)
  const early = await new Folder(keys).fold(first, second)
  expect(late.texts).toEqual(['one', 'three'])
  expect(late.viewHash).toBe(early.viewHash)
})

test('an entry that was hidden justifies nothing: neither what follows it nor what names it', async () => {
  const mallory = bob.log(keys).text('poison', { lamport: FAR })
  mallory.text('follows', { lamport: FAR + 1 }).text('names it', { lamport: FAR + 2, heads: [mallory.head(2)] })
  const other = alice.log(keys).text('names it too', { lamport: FAR + 1, heads: [mallory.head(2)] })
  const folder = await new Folder(keys).fold(mallory, other)
  expect(folder.texts).toEqual([])
  expect(folder.index.lamport).toBe(1)
})

test('what waits for a log that never comes raises nobody’s Lamport time, nor does what stands on it', async () => {
  const mallory = bob.log(keys).text('poison', { lamport: FAR, heads: [missing()] })
  mallory.text('stands on it', { lamport: FAR + 1 })
  const other = alice.log(keys).text('names it', { lamport: FAR + 2, heads: [mallory.head()] })
  const folder = await new Folder(keys).fold(mallory, other)
  expect(folder.texts).toEqual(['poison', 'stands on it', 'names it'])
  expect(folder.index.lamport).toBe(1)
  expect(folder.store.logs.lamport(folder.index.room)).toBe(1)
})

test('two entries that justify each other justify nothing', async () => {
  const [a, b] = [alice.log(keys), bob.log(keys)]
  a.text('a', { lamport: FAR, heads: [b.head(2)] })
  b.text('b', { lamport: FAR, heads: [a.head(2)] })
  const folder = await new Folder(keys).fold(a, b)
  expect(folder.index.lamport).toBe(1)
})

test('verdicts are the same when the justification of a hidden entry comes before or after its log', async () => {
  const [x, y] = [alice.log(keys).text('x'), alice.log(keys).text('y')]
  const mallory = bob.log(keys).text('first', { lamport: FAR, heads: [x.head()] })
  mallory.text('second', { lamport: FAR + 5, heads: [y.head()] })
  const hashes = new Set<string>()
  for (const order of [
    [x, y, mallory],
    [x, mallory, y],
    [mallory, x, y],
    [mallory, y, x]
  ]) {
    const folder = new Folder(keys)
    for (const log of order) await folder.fold(log)
    hashes.add(folder.viewHash)
  }
  expect(hashes.size).toBe(1)
})

test('a log that waits is judged in order to its end once what it needs is here', async () => {
  const first = alice.log(keys).text('one', { lamport: STEP })
  const second = bob.log(keys).text('two', { lamport: 2 * STEP, heads: [first.head()] })
  for (let i = 1; i <= 500; i++) second.text(`more ${i}`)
  const folder = await new Folder(keys).fold(second)
  expect(folder.store.logs.find(second.key)).toMatchObject({ folded: 502, judged: 1 })
  await folder.fold(first)
  expect(folder.store.logs.find(second.key)).toMatchObject({ folded: 502, judged: 502 })
  expect(folder.index.lamport).toBe(2 * STEP + 500)
})

test('many entries that turn out to break the rule are hidden by folding anew once', async () => {
  const first = alice.log(keys).text('one')
  const second = bob.log(keys)
  for (let i = 0; i < 300; i++) second.text(`bad ${i}`, { lamport: FAR + i * 2 * STEP, heads: [first.head()] })
  const folder = await new Folder(keys).fold(second)
  expect(folder.texts.length).toBe(300)
  let anew = 0
  folder.indexer.on('folded', ({ log }) => {
    if (log.key.equals(first.key)) anew++
  })
  await folder.fold(first)
  expect(folder.texts).toEqual(['one'])
  expect(anew).toBe(2)
})

test('a head of length zero names nothing', async () => {
  const first = alice.log(keys).text('one', { lamport: STEP })
  const second = bob.log(keys).text('two', { lamport: 2 * STEP, heads: [first.head(0)] })
  expect((await new Folder(keys).fold(second, first)).texts).toEqual(['one'])
})
