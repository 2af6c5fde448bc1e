/**
 * Opens the registry's SQLite file. It never begins anew over a file that is there: a first file is built beside its
 * place and moved there whole, so an empty or broken one can only be damage, and a root peer that forgot its rooms
 * would tell their members that it never knew them.
 */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { syncFolder } from '../lib/durable-file.js'
import { MangroveError } from '../lib/errors.js'
import { makeFolder } from '../lib/folders.js'
import { MIGRATIONS } from './registry-schema.js'

/** Throws STORAGE_UNWRITABLE, STORAGE_FULL, or INTERNAL for a damaged or newer file. */
export function openRegistryFile(path: string): Database.Database {
  try {
    if (!existsSync(path)) createFile(path)
    return openFile(path)
  } catch (error) {
    throw error instanceof MangroveError ? error : storageError(error)
  }
}

/** What SQLite or the file system said, as one sentence with a code. */
export function storageError(cause: unknown): MangroveError {
  const code = String((cause as { code?: unknown } | null)?.code ?? '')
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return new MangroveError('STORAGE_FULL', 'There is no space left for the list of hosted rooms.', { cause })
  }
  if (/^(SQLITE_(CANTOPEN|READONLY|IOERR|PERM|BUSY)|EACCES|EPERM|EROFS|ENOTDIR|EISDIR|EEXIST)/.test(code)) {
    return new MangroveError('STORAGE_UNWRITABLE', 'The list of hosted rooms cannot be written.', { cause })
  }
  return damaged(cause)
}

function createFile(path: string): void {
  const building = `${path}.new`
  makeFolder(dirname(path))
  for (const part of [building, `${building}-wal`, `${building}-shm`]) rmSync(part, { force: true })
  const db = new Database(building)
  try {
    configure(db)
    migrate(db)
  } finally {
    db.close()
  }
  renameSync(building, path)
  syncFolder(dirname(path))
}

function openFile(path: string): Database.Database {
  const db = new Database(path, { fileMustExist: true })
  try {
    // Asked first: to set the journal's mode would write to an empty file.
    if (db.pragma('user_version', { simple: true }) === 0) throw damaged(null)
    configure(db)
    if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') throw damaged(null)
    migrate(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** FULL: a commit that was answered survives a power cut. */
function configure(db: Database.Database): void {
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('temp_store = MEMORY')
}

function migrate(db: Database.Database): void {
  const version = db.pragma('user_version', { simple: true }) as number
  if (version > MIGRATIONS.length) {
    throw new MangroveError('INTERNAL', 'The list of hosted rooms was written by a newer Mangrove: update this one.')
  }
  const run = db.transaction((sql: string, next: number) => {
    db.exec(sql)
    db.pragma(`user_version = ${next}`)
  })
  MIGRATIONS.forEach((sql, index) => {
    if (index >= version) run(sql, index + 1)
  })
}

function damaged(cause: unknown): MangroveError {
  const message = 'The list of hosted rooms (root-peer.db) is damaged: restore it, or move it away to begin anew.'
  return new MangroveError('INTERNAL', message, { cause })
}
