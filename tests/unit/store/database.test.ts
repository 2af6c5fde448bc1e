import { randomBytes as nodeRandom } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { randomBytes } from '../../../src-main/protocol/crypto.js'
import { StoreDatabase } from '../../../src-main/store/database.js'
import { MIGRATIONS } from '../../../src-main/store/schema.js'
import { Store } from '../../../src-main/store/store.js'
import { addRoom, openStore } from '../../helpers/store.js'
import { tempDir } from '../../helpers/temp.js'

/** The same file as another program with the right key sees it. */
function openRaw(file: string, key: Buffer): Database.Database {
  const db = new Database(file)
  db.pragma("cipher = 'sqlcipher'")
  db.pragma(`key = "x'${key.toString('hex')}'"`)
  return db
}

test('what is stored is found in clear nowhere on disk', () => {
  const folder = tempDir()
  const store = openStore({ file: join(folder, 'mangrove.db') })
  const canary = nodeRandom(24)
  const text = canary.toString('hex')
  const { room } = addRoom(store)
  store.settings.setSecret('canary', canary)
  store.db.durable(() => store.settings.setSetting('canary', text))
  store.outbox.add(room, { clientId: canary, logKey: canary, sequence: 0, block: canary, entry: Buffer.from(text) })
  const written = ['mangrove.db', 'mangrove.db-wal'].map((name) => readFileSync(join(folder, name)))
  for (const bytes of written) {
    expect(bytes.byteLength).toBeGreaterThan(0)
    expect(bytes.includes(canary)).toBe(false)
    expect(bytes.includes(text)).toBe(false)
    expect(bytes.includes('CREATE TABLE')).toBe(false)
  }
})

test('with another key the database stays closed, and opens again with its own', () => {
  const file = join(tempDir(), 'mangrove.db')
  const key = randomBytes(32)
  const store = new Store(file, key)
  store.settings.setSetting('name', 'kept')
  store.close()
  expect(() => new Store(file, randomBytes(32))).toThrow(expect.objectContaining({ code: 'STORAGE_UNWRITABLE' }))
  expect(openStore({ file, key }).settings.setting('name')).toBe('kept')
})

test('a database that a later version wrote is refused and left as it is', () => {
  const file = join(tempDir(), 'mangrove.db')
  const key = randomBytes(32)
  new Store(file, key).close()
  const raw = openRaw(file, key)
  raw.pragma(`user_version = ${MIGRATIONS.length + 1}`)
  raw.close()
  expect(() => new Store(file, key)).toThrow(
    expect.objectContaining({ code: 'INTERNAL', message: expect.stringContaining('newer Mangrove') })
  )
  const after = openRaw(file, key)
  expect(after.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length + 1)
  after.close()
})

test('a migration that failed half-way leaves the version before, and the next start goes on from there', () => {
  const file = join(tempDir(), 'mangrove.db')
  const key = randomBytes(32)
  const good = 'CREATE TABLE first (id INTEGER PRIMARY KEY)'
  const broken = 'CREATE TABLE second (id INTEGER PRIMARY KEY); CREATE TABLE first (id INTEGER PRIMARY KEY)'
  expect(() => new StoreDatabase(file, key, [good, broken])).toThrow()
  const raw = openRaw(file, key)
  expect(raw.pragma('user_version', { simple: true })).toBe(1)
  const tables = raw.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()
  expect(tables).toEqual(['first'])
  raw.close()
  const db = new StoreDatabase(file, key, [good, 'CREATE TABLE second (id INTEGER PRIMARY KEY)'])
  expect(db.prepare('SELECT count(*) AS rows FROM second').get()).toEqual({ rows: 0 })
  db.close()
})

test('a folder where the database should be is a typed error', () => {
  expect(() => new Store(tempDir(), randomBytes(32))).toThrow(expect.objectContaining({ code: 'STORAGE_UNWRITABLE' }))
})

test('a database whose beginning was overwritten is a typed error', () => {
  const file = join(tempDir(), 'mangrove.db')
  writeFileSync(file, nodeRandom(8192))
  expect(() => new Store(file, randomBytes(32))).toThrow(expect.objectContaining({ code: 'STORAGE_UNWRITABLE' }))
})

test('what a transaction wrote before it threw is undone', () => {
  const store = openStore()
  expect(() =>
    store.db.durable(() => {
      store.settings.setSetting('half', 'saved')
      throw new Error('and then this')
    })
  ).toThrow('and then this')
  expect(store.settings.setting('half')).toBeNull()
})
