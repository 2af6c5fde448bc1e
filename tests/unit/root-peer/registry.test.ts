import { chmodSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { randomBytes } from '../../../src-main/protocol/crypto.js'
import { createGrant } from '../../../src-main/protocol/root-peer-messages.js'
import { Registry } from '../../../src-main/root-peer/registry.js'
import { DAY, newRoom } from '../../helpers/root-peer.js'
import { tempDir } from '../../helpers/temp.js'

const peer = Buffer.alloc(32, 7)

function fileIn(folder: string): string {
  return join(folder, 'root-peer.db')
}

function grantFor(room = newRoom(), expiresAt = 1_000 * DAY) {
  return createGrant(room.roomId, room.signing, expiresAt)
}

test('rooms, rosters and settings are there after a restart', () => {
  const file = fileIn(tempDir())
  const grant = grantFor()
  const [log, other] = [randomBytes(32), randomBytes(32)]
  const before = new Registry(file)
  before.addRoom(grant, peer, 5)
  before.save(grant.roomId, log, 'log', Buffer.from('a'))
  before.save(grant.roomId, other, 'log', Buffer.from('b'))
  before.save(grant.roomId, log, 'retired', Buffer.from('c'))
  before.save(grant.roomId, log, 'log', Buffer.from('d'))
  before.setSetting('runMark', 'one')
  before.setSetting('runMark', 'two')
  before.close()
  before.close()
  const after = new Registry(file)
  expect(after.room(grant.roomId)).toEqual({ ...roomOf(grant), createdAt: 5, lastActivity: 5 })
  expect(after.load(grant.roomId).map(String)).toEqual(['d', 'b', 'c'])
  expect(after.load(randomBytes(32))).toEqual([])
  expect([after.getSetting('runMark'), after.getSetting('none')]).toEqual(['two', null])
  expect(after.room(randomBytes(32))).toBe(null)
  after.close()
})

function roomOf(grant: ReturnType<typeof grantFor>) {
  return { roomId: grant.roomId, registeredBy: peer, grant }
}

test('the later grant counts, whichever came last', () => {
  const registry = new Registry(fileIn(tempDir()))
  const room = newRoom()
  const [early, late] = [grantFor(room, 100 * DAY), grantFor(room, 200 * DAY)]
  registry.addRoom(early, peer, 1)
  registry.renewRoom(late)
  registry.renewRoom(early)
  expect(registry.room(room.roomId)?.grant).toEqual(late)
  registry.close()
})

test('the rooms that were active last come first, also when that was only just noted', () => {
  const registry = new Registry(fileIn(tempDir()))
  const grants = [1, 2, 3, 4].map(() => grantFor())
  grants.forEach((grant, index) => {
    registry.addRoom(grant, peer, index)
  })
  const [first, second] = grants
  if (!first || !second) throw new Error('four grants')
  registry.touch(first.roomId, 10)
  expect(registry.recentRooms(2)).toEqual([first.roomId, grants[3]?.roomId])
  registry.touch(second.roomId, 11)
  registry.close()
})

test('ten thousand rooms are counted and listed in no time that anyone would notice', () => {
  const file = fileIn(tempDir())
  new Registry(file).close()
  const db = new Database(file)
  const add = db.prepare('INSERT INTO rooms VALUES (randomblob(32), randomblob(32), 1, 3, randomblob(64), 1, ?)')
  db.transaction(() => {
    for (let i = 0; i < 10_000; i++) add.run(i)
  })()
  db.close()
  const registry = new Registry(file)
  expect([registry.roomCount, registry.recentRooms(200).length]).toEqual([10_000, 200])
  registry.close()
})

describe('after a crash', () => {
  /** A copy of the files as a kill at this moment would leave them. */
  function crashed(file: string): string {
    const copy = fileIn(tempDir())
    for (const part of ['', '-wal']) if (existsSync(file + part)) writeFileSync(copy + part, readFileSync(file + part))
    return copy
  }

  test('what was registered is there', () => {
    const file = fileIn(tempDir())
    const registry = new Registry(file)
    const grant = grantFor()
    registry.addRoom(grant, peer, 1)
    const after = new Registry(crashed(file))
    expect(after.room(grant.roomId)?.grant).toEqual(grant)
    after.close()
    registry.close()
  })

  test('a write that was torn anywhere takes nothing before it along', () => {
    const file = fileIn(tempDir())
    const registry = new Registry(file)
    const kept = grantFor()
    registry.addRoom(kept, peer, 1)
    const whole = statSync(`${file}-wal`).size
    registry.addRoom(grantFor(), peer, 1)
    const torn = statSync(`${file}-wal`).size
    for (const size of [whole, whole + 1, whole + 24, torn - 4096, torn - 1]) {
      const copy = crashed(file)
      truncateSync(`${copy}-wal`, size)
      const after = new Registry(copy)
      expect(after.room(kept.roomId)?.grant).toEqual(kept)
      expect(after.roomCount).toBe(1)
      after.close()
    }
    registry.close()
  })

  test('a first start that was cut off begins again', () => {
    const file = fileIn(tempDir())
    writeFileSync(`${file}.new`, 'half a database')
    const registry = new Registry(file)
    expect(registry.roomCount).toBe(0)
    registry.close()
  })
})

describe('a file that cannot be used is told in one sentence and left as it is', () => {
  test.for([
    ['is empty', Buffer.alloc(0)],
    ['is no database', Buffer.alloc(8192, 'x')]
  ] as const)('because it %s', ([, content]) => {
    const file = fileIn(tempDir())
    writeFileSync(file, content)
    expect(() => new Registry(file)).toThrow(expect.objectContaining({ code: 'INTERNAL' }))
    expect(readFileSync(file)).toEqual(content)
  })

  test('because its end is missing', () => {
    const file = fileIn(tempDir())
    const registry = new Registry(file)
    for (let i = 0; i < 100; i++) registry.addRoom(grantFor(), peer, 1)
    registry.close()
    truncateSync(file, 4096)
    expect(() => new Registry(file)).toThrow(expect.objectContaining({ code: 'INTERNAL' }))
  })

  test('because a newer Mangrove wrote it', () => {
    const file = fileIn(tempDir())
    new Registry(file).close()
    const db = new Database(file)
    db.pragma('user_version = 99')
    db.close()
    expect(() => new Registry(file)).toThrow(/newer/)
  })

  test('because its folder is a file', () => {
    const folder = tempDir()
    writeFileSync(join(folder, 'taken'), '')
    expect(() => new Registry(join(folder, 'taken', 'root-peer.db'))).toThrow(
      expect.objectContaining({ code: 'STORAGE_UNWRITABLE' })
    )
  })

  // Root may write anywhere.
  test.skipIf(process.getuid?.() === 0)('because its folder cannot be written', () => {
    const folder = tempDir()
    chmodSync(folder, 0o500)
    expect(() => new Registry(fileIn(folder))).toThrow(expect.objectContaining({ code: 'STORAGE_UNWRITABLE' }))
  })
})
