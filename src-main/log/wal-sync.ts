/**
 * When is an append durable? RocksDB does not sync each write, so acknowledgements wait for an fdatasync of the
 * write-ahead log that it names, grouped: everyone who asks while one sync runs shares the next.
 */
import { close, closeSync, fdatasync, openSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import type Corestore from 'corestore'

const datasync = promisify(fdatasync)
const closeFile = promisify(close)

export class WalSync {
  readonly #store: Corestore
  readonly #folder: string
  #file: { path: string; fd: number } | null = null
  #waiting: PromiseWithResolvers<boolean>[] = []
  #running = false
  #closed = false

  /** `folder` is the Corestore's. */
  constructor(store: Corestore, folder: string) {
    this.#store = store
    this.#folder = path.join(folder, 'db')
  }

  /**
   * Resolves true once all that was appended before this call survives a power cut, or false where the system does
   * not let us sync (then it survives the end of the process only). Never rejects.
   */
  synced(): Promise<boolean> {
    if (this.#closed) return Promise.resolve(false)
    const waiter = Promise.withResolvers<boolean>()
    this.#waiting.push(waiter)
    if (!this.#running) void this.#run()
    return waiter.promise
  }

  close(): void {
    this.#closed = true
    if (this.#file && !this.#running) closeSync(this.#file.fd)
    if (!this.#running) this.#file = null
  }

  async #run(): Promise<void> {
    this.#running = true
    while (this.#waiting.length > 0) {
      const batch = this.#waiting
      this.#waiting = []
      const durable = await this.#sync()
      for (const waiter of batch) waiter.resolve(durable)
    }
    this.#running = false
    if (this.#closed) this.close()
  }

  async #sync(): Promise<boolean> {
    try {
      const current = (await this.#store.storage.rocks.currentWalFile()).path
      if (this.#file?.path !== current) await this.#rotate(current)
      if (this.#file) await datasync(this.#file.fd)
      return true
    } catch {
      return false
    }
  }

  /** What was written before the rotation lies in the file before. */
  async #rotate(current: string): Promise<void> {
    const before = this.#file
    this.#file = null
    if (before) {
      await datasync(before.fd)
      await closeFile(before.fd)
    }
    this.#file = { path: current, fd: openSync(path.join(this.#folder, current), 'r+') }
  }
}
