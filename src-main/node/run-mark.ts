/**
 * Notices a copied or restored profile: a random value, renewed at each start and clean stop, lies in the profile and
 * in a file outside of it. Renewed in steps (pending inside, then outside, then confirmed inside), so that a crash
 * between is not taken for a copy.
 */
import { readFileSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { writeDurably } from '../lib/durable-file.js'
import { MangroveError } from '../lib/errors.js'
import { makeFolder } from '../lib/folders.js'
import { hash, randomBytes } from '../protocol/crypto.js'

/** Where the profile keeps its side. `set` is durable when it returns. */
export interface MarkStore {
  get(name: 'confirmed' | 'pending'): string | null
  set(name: 'confirmed' | 'pending', value: string): void
}

export class RunMark {
  readonly #file: string
  readonly #store: MarkStore

  constructor(folder: string, store: MarkStore) {
    this.#file = path.join(stateFolder(), `${hash([Buffer.from(realpathSync(folder))]).toString('hex')}.run`)
    this.#store = store
  }

  /** True if this profile ran before, and not here or not in the state it is in now. */
  isCopy(): boolean {
    const confirmed = this.#store.get('confirmed')
    const pending = this.#store.get('pending')
    if (!confirmed && !pending) return false
    const outside = this.#outside()
    return outside === null || (outside !== confirmed && outside !== pending)
  }

  renew(): void {
    const mark = randomBytes(16).toString('hex')
    this.#store.set('pending', mark)
    this.#writeOutside(mark)
    this.#store.set('confirmed', mark)
  }

  #writeOutside(mark: string): void {
    try {
      makeFolder(path.dirname(this.#file))
      writeDurably(this.#file, Buffer.from(mark))
    } catch (error) {
      const folder = path.dirname(this.#file)
      throw new MangroveError('STORAGE_UNWRITABLE', `The state folder ${folder} cannot be written.`, { cause: error })
    }
  }

  #outside(): string | null {
    try {
      return readFileSync(this.#file, 'utf8')
    } catch {
      return null
    }
  }
}

/** The system's folder for state that belongs to the machine and is not part of backups of a profile. */
export function stateFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.MANGROVE_STATE_DIR) return path.resolve(env.MANGROVE_STATE_DIR)
  if (process.platform === 'win32') return path.join(env.LOCALAPPDATA ?? homedir(), 'Mangrove', 'State')
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support', 'Mangrove State')
  return path.join(env.XDG_STATE_HOME ?? path.join(homedir(), '.local', 'state'), 'mangrove')
}
