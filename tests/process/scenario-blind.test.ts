/**
 * Invariant C: nothing that people write is found at a root peer, neither on its disk nor in its output nor anywhere in
 * its memory. Each search is also made where it must find something, because one that finds nothing proves nothing.
 */
import { randomBytes } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { decode } from 'hypercore-id-encoding'
import { expect, it } from 'vitest'
import { decodeInvite } from '../../src-main/protocol/invite.js'
import { eventually } from '../helpers/eventually.js'
import { findInFile, findInFolder, findInMemory, findInText, Needle } from '../helpers/needles.js'
import { type Person, Village } from '../helpers/people.js'
import { tempDir } from '../helpers/temp.js'

/** A process that writes its whole heap into a folder on SIGUSR2. */
function watchedHeap() {
  const folder = tempDir()
  return { folder, env: { NODE_OPTIONS: `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${folder}` } }
}

/** The file with the heap as it is now. Node writes it in one go, so whoever answers behind it has written all. */
async function heapOf(person: Person, folder: string): Promise<string> {
  person.process.child.kill('SIGUSR2')
  const file = await eventually(() => readdirSync(folder).at(0) ?? '')
  await person.ask('network.status', {})
  return join(folder, file)
}

function pidOf(person: Person): number {
  return person.process.child.pid as number
}

function outputOf(person: Person): string {
  return person.process.stdout + person.process.stderr
}

/** All texts of a run have this in them, so that one needle finds each. */
const MARK = `canary-${randomBytes(8).toString('hex')}`
const canary = (name: string) => `${MARK}-${name}`

it.skipIf(process.platform !== 'linux')('never shows a root peer what people write, nor who they are', async () => {
  const [rootHeap, aliceHeap] = [watchedHeap(), watchedHeap()]
  const village = await Village.open()
  const rootPeer = await village.rootPeer({ env: rootHeap.env })
  const names = {
    text: canary('text'),
    answer: canary('answer'),
    room: canary('r'),
    alice: canary('a'),
    bob: canary('b')
  }
  const alice = await village.member(names.alice, { env: aliceHeap.env })
  const bob = await village.member(names.bob)
  await alice.ask('rootPeers.add', { key: rootPeer.publicKey })
  const { roomId } = await alice.ask('rooms.create', { name: names.room })
  const { link } = await alice.ask('rooms.invite', { roomId })
  await bob.ask('rooms.join', { link })
  for (let i = 0; i < 20; i++) {
    await alice.send(roomId, `${names.text} ${i}`)
    await bob.send(roomId, `${i} ${names.answer}`)
  }
  await Promise.all([alice.untilAll(roomId, 'stored'), bob.untilAll(roomId, 'stored')])

  const texts = Object.entries(names).map(([name, text]) => new Needle(name, text))
  const secret = new Needle('room secret', decodeInvite(link).secret as Buffer)
  const needles = [new Needle('canary', MARK), secret, new Needle('link', link.slice(-40))]

  // On its disk, in its output, in its heap, and in all of its memory: nothing.
  expect(findInFolder(rootPeer.storage, needles)).toEqual([])
  expect(findInText('output', outputOf(rootPeer), needles)).toEqual([])
  const rootSnapshot = await heapOf(rootPeer, rootHeap.folder)
  expect(await findInFile(rootSnapshot, needles)).toEqual([])
  expect(findInMemory(pidOf(rootPeer), needles)).toEqual([])
  // What it may know is found there by the same searches.
  const known = [new Needle('room id', decode(roomId))]
  expect(findInFolder(rootPeer.storage, known)).not.toEqual([])
  expect(findInMemory(pidOf(rootPeer), known)).not.toEqual([])
  expect(await findInFile(rootSnapshot, [new Needle('folder', basename(rootPeer.storage))])).not.toEqual([])

  // The author's process has the texts in clear, her disk has not.
  const found = (finds: { needle: string }[]) => new Set(finds.map(({ needle }) => needle))
  await alice.history(roomId)
  expect(found(findInMemory(pidOf(alice), texts))).toEqual(new Set(Object.keys(names)))
  expect(found(await findInFile(await heapOf(alice, aliceHeap.folder), texts))).toContain('alice')
  expect(findInFolder(alice.storage, needles)).toEqual([])
  expect(findInText('output', outputOf(alice), needles)).toEqual([])
  await Promise.all([alice.stop(), bob.stop(), rootPeer.stop()])
  for (const { storage } of [alice, bob, rootPeer]) expect(findInFolder(storage, needles)).toEqual([])
})

it('finds a needle in every form in which it could lie in a file', async () => {
  const text = canary('planted')
  const needle = new Needle('planted', text)
  const forms = [
    text,
    Buffer.from(text, 'utf16le'),
    Buffer.from(text).toString('hex'),
    ...['', 'x', 'xy'].flatMap((before) => [
      Buffer.from(`${before}${text}z`).toString('base64'),
      Buffer.from(`${before}${text}z`).toString('base64url')
    ])
  ]
  for (const form of forms) {
    const folder = tempDir()
    const file = join(folder, 'file')
    writeFileSync(file, Buffer.concat([randomBytes((1 << 20) - 10), Buffer.from(form as string), randomBytes(100)]))
    expect(findInFolder(folder, [needle])).not.toEqual([])
    expect(await findInFile(file, [needle])).not.toEqual([])
  }
})
