/** Opens mangrove.db (SQLCipher), migrates it, and runs transactions at the durability that each needs. */
import Database from 'better-sqlite3'
import { MangroveError } from '../lib/errors.js'
import { MIGRATIONS } from './schema.js'

/** 16 MB: each checkpoint encrypts every page that changed once more, so a page that changes often waits for more. */
const CHECKPOINT_PAGES = 4000

export class StoreDatabase {
  readonly #db: Database.Database
  readonly #statements = new Map<string, Database.Statement>()

  /** `key` is 32 bytes. Throws STORAGE_UNWRITABLE, STORAGE_FULL, or INTERNAL when a later version wrote the file. */
  constructor(file: string, key: Buffer, migrations: readonly string[] = MIGRATIONS) {
    this.#db = open(file, key)
    try {
      this.#migrate(migrations)
    } catch (error) {
      this.#db.close()
      throw error
    }
  }

  /** A prepared statement, prepared once. */
  prepare<Params extends unknown[], Row = unknown>(sql: string): Database.Statement<Params, Row> {
    const known = this.#statements.get(sql)
    if (known) return known as unknown as Database.Statement<Params, Row>
    const statement = this.#db.prepare(sql)
    this.#statements.set(sql, statement)
    return statement as unknown as Database.Statement<Params, Row>
  }

  /** Committed and synced to disk when it returns: for what a person is told is saved. Throws STORAGE_FULL. */
  durable<T>(work: () => T): T {
    this.#db.pragma('synchronous = FULL')
    try {
      return this.transaction(work)
    } finally {
      this.#db.pragma('synchronous = NORMAL')
    }
  }

  /** Atomic, but a power cut may undo it: for what the logs can tell again. */
  transaction<T>(work: () => T): T {
    try {
      return this.#db.transaction(work)()
    } catch (error) {
      throw storageError(error)
    }
  }

  close(): void {
    this.#db.close()
  }

  #migrate(migrations: readonly string[]): void {
    const version = this.#db.pragma('user_version', { simple: true }) as number
    if (version > migrations.length) {
      throw new MangroveError('INTERNAL', 'This profile was used by a newer Mangrove. Update to open it.')
    }
    for (let next = version; next < migrations.length; next++) {
      this.durable(() => {
        this.#db.exec(migrations[next] as string)
        this.#db.pragma(`user_version = ${next + 1}`)
      })
    }
  }
}

function open(file: string, key: Buffer): Database.Database {
  let db: Database.Database | null = null
  try {
    db = new Database(file)
    db.pragma("cipher = 'sqlcipher'")
    db.pragma(`key = "x'${key.toString('hex')}'"`)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    db.pragma('temp_store = MEMORY')
    db.pragma('cache_size = -32000')
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    return db
  } catch (error) {
    db?.close()
    throw storageError(error)
  }
}

/** SQLite's codes as ours. */
export function storageError(error: unknown): unknown {
  const code = (error as { code?: string }).code ?? ''
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return new MangroveError('STORAGE_FULL', 'The disk is full. Nothing was lost; make room and try again.', {
      cause: error
    })
  }
  if (code === 'SQLITE_CANTOPEN' || code === 'SQLITE_READONLY' || code.startsWith('SQLITE_IOERR')) {
    return new MangroveError('STORAGE_UNWRITABLE', 'The profile folder cannot be written.', { cause: error })
  }
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return new MangroveError(
      'STORAGE_UNWRITABLE',
      'The profile database cannot be read: its key or its content is damaged.',
      {
        cause: error
      }
    )
  }
  return error
}
