/** The profile folder: made, locked and with its keys. One process owns it, by an OS lock that ends with the process. */
import { existsSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import FDLock from 'fd-lock'
import { writeDurably } from '../lib/durable-file.js'
import { MangroveError } from '../lib/errors.js'
import { makeFolder } from '../lib/folders.js'
import { type KeyPair, randomBytes, signKeyPair } from '../protocol/crypto.js'

const SEED_BYTES = 32

export class Profile {
  readonly folder: string
  readonly #lock: FDLock

  private constructor(folder: string, lock: FDLock) {
    this.folder = folder
    this.#lock = lock
  }

  /** Throws STORAGE_UNWRITABLE, STORAGE_FULL or PROFILE_IN_USE. */
  static async open(folder: string): Promise<Profile> {
    const descriptor = writing(folder, () => {
      makeFolder(folder)
      return openSync(path.join(folder, 'lock'), 'a+', 0o600)
    })
    const lock = new FDLock(descriptor)
    try {
      await lock.ready()
    } catch (error) {
      throw new MangroveError('PROFILE_IN_USE', `Another Mangrove is using ${folder}.`, { cause: error })
    }
    return new Profile(folder, lock)
  }

  file(name: string): string {
    return path.join(this.folder, name)
  }

  /** The Noise key pair under which this node is reached; made at the first start. */
  nodeKey(): KeyPair {
    return signKeyPair(this.#secretFile('node.key', () => true))
  }

  /** After a copy or restore: two nodes must not answer under one key. */
  renewNodeKey(): KeyPair {
    this.#writeSecret('node.key', randomBytes(SEED_BYTES))
    return this.nodeKey()
  }

  /** The key of mangrove.db, until a passphrase or the keychain takes its place. Never made anew beside a database. */
  databaseKey(): Buffer {
    return this.#secretFile('database.key', () => !existsSync(this.file('mangrove.db')))
  }

  async close(): Promise<void> {
    await this.#lock.close()
  }

  #secretFile(name: string, mayMake: () => boolean): Buffer {
    const file = this.file(name)
    if (!existsSync(file)) {
      if (!mayMake()) throw unreadable(`${name} is missing, and without it the profile in ${this.folder} stays closed.`)
      this.#writeSecret(name, randomBytes(SEED_BYTES))
    }
    const bytes = writing(this.folder, () => readFileSync(file))
    if (bytes.byteLength !== SEED_BYTES) throw unreadable(`${file} is damaged.`)
    return bytes
  }

  #writeSecret(name: string, bytes: Buffer): void {
    writing(this.folder, () => writeDurably(this.file(name), bytes))
  }
}

function unreadable(message: string): MangroveError {
  return new MangroveError('STORAGE_UNWRITABLE', message)
}

function writing<T>(folder: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw new MangroveError('STORAGE_FULL', `The disk with ${folder} is full.`, { cause: error })
    }
    throw new MangroveError('STORAGE_UNWRITABLE', `The folder ${folder} cannot be written.`, { cause: error })
  }
}
