import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hex } from '../../../src-main/protocol/bytes.js'
import type { Body, Head } from '../../../src-main/protocol/entry.js'
import { LIMITS } from '../../../src-main/protocol/limits.js'
import { testRoom } from '../../helpers/replicas.js'
import { Folder, Person, type WrittenLog } from '../../helpers/written-logs.js'

const STEP = LIMITS.lamportStep
const LOGS = 5
const keys = testRoom()
const people = ['Alice', 'Bob', 'Carol'].map((name) => new Person(name))

const write = fc.record({
  log: fc.nat(LOGS - 1),
  step: fc.constantFrom(1, 1, 1, -1, STEP, STEP + 1, 40 * STEP),
  heads: fc.array(fc.record({ log: fc.nat(LOGS), back: fc.integer({ min: -2, max: 2 }) }), { maxLength: 2 }),
  client: fc.option(fc.nat(3)),
  kind: fc.constantFrom('text', 'text', 'text', 'profile', 'room', 'unknown', 'junk')
})

type Write = typeof write extends fc.Arbitrary<infer T> ? T : never

function bodyOf({ kind }: Write, i: number): Body {
  if (kind === 'profile') return { type: 'profile', name: `name ${i}` }
  if (kind === 'room') return { type: 'room', name: `room ${i}` }
  if (kind === 'unknown') return { type: 'unknown', number: 99, bytes: Buffer.from([i]) }
  return { type: 'text', text: `text ${i}` }
}

/** Log `LOGS` is one that nobody has. */
function writeAll(writes: readonly Write[]): WrittenLog[] {
  const logs = Array.from({ length: LOGS }, (_, i) => (people[i % people.length] as Person).log(keys))
  const lamports = logs.map(() => 1)
  for (const [i, entry] of writes.entries()) {
    const log = logs[entry.log] as WrittenLog
    if (entry.kind === 'junk') {
      log.raw(Buffer.alloc(256, i))
      continue
    }
    const lamport = Math.max(0, (lamports[entry.log] as number) + entry.step)
    lamports[entry.log] = lamport
    const clientId = entry.client === null ? undefined : Buffer.alloc(16, entry.client)
    log.write(bodyOf(entry, i), { lamport, heads: headsOf(entry, logs), ...(clientId && { clientId }) })
  }
  return logs
}

/** Also of entries that are still to be written, and of logs that never come. */
function headsOf(entry: Write, logs: readonly WrittenLog[]): Head[] {
  return entry.heads.map(({ log, back }) => {
    const named = logs[log]
    return named?.head(Math.max(0, named.length - back)) ?? { log: Buffer.alloc(8, 255), length: 1 }
  })
}

/** Folds the logs bit by bit, in an order of its own. */
async function foldIn(logs: readonly WrittenLog[], order: readonly { log: number; more: number }[]): Promise<Folder> {
  const folder = new Folder(keys)
  const lengths = logs.map(() => 0)
  for (const { log, more } of order) {
    lengths[log] = Math.min((lengths[log] as number) + more, (logs[log] as WrittenLog).length)
    folder.receive(logs[log] as WrittenLog, lengths[log])
    if (more % 2) await folder.settled()
  }
  return folder.fold(...logs)
}

/** All that must not depend on the order in which things came. */
function stateOf({ store, index, viewHash }: Folder) {
  const logs = store.logs.ofRoom(index.room).map(({ logKey, folded, judged, lamport, peak, shown }) => ({
    log: hex(logKey),
    folded,
    judged,
    lamport,
    peak,
    shown
  }))
  return { viewHash, lamport: index.lamport, logs: logs.sort((a, b) => (a.log < b.log ? -1 : 1)) }
}

const order = fc.array(fc.record({ log: fc.nat(LOGS - 1), more: fc.integer({ min: 1, max: 5 }) }), { maxLength: 25 })

test('replicas with the same logs show the same, in whatever order and portions they came', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(write, { maxLength: 30 }), order, order, async (writes, one, other) => {
      const logs = writeAll(writes)
      const [a, b] = [await foldIn(logs, one), await foldIn(logs, other)]
      expect(stateOf(b)).toEqual(stateOf(a))
    }),
    { numRuns: 60 }
  )
})

test('dropping the index and folding the logs again gives the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(write, { maxLength: 30 }), order, async (writes, one) => {
      const folder = await foldIn(writeAll(writes), one)
      const before = stateOf(folder)
      await folder.indexer.refold(folder.index)
      expect(stateOf(folder)).toEqual(before)
    }),
    { numRuns: 40 }
  )
})
