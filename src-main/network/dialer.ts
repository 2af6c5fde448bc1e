/**
 * One try to connect to a known key. Hyperswarm's explicit peers give up after five attempts and then wait for ten
 * minutes, so keys that we were told of are dialled here and handed to Hyperswarm as soon as they are open.
 */

import type HyperDHT from 'hyperdht'
import type { KeyPair, NoiseSecretStream } from 'hyperdht'
import type { Clock } from '../lib/clock.js'
import { hex } from '../protocol/bytes.js'
import type { NoiseKey } from '../protocol/ids.js'

const MOST_AT_ONCE = 64
/** A try that neither opened nor failed by now has failed. */
const GIVE_UP_MS = 20_000

export interface DialerOptions {
  readonly dht: HyperDHT
  readonly keyPair: KeyPair
  readonly clock: Clock
  /** Gets the open stream. */
  readonly onopen: (stream: NoiseSecretStream) => void
}

export class Dialer {
  readonly #options: DialerOptions
  readonly #dialing = new Map<string, NoiseSecretStream>()
  #closed = false

  constructor(options: DialerOptions) {
    this.#options = options
  }

  /** False if a try is under way already or too many are. `done` is called once, when the try opened or failed. Never throws. */
  dial(key: NoiseKey, done: () => void = ignore): boolean {
    const id = hex(key)
    if (this.#closed || this.#dialing.has(id) || this.#dialing.size >= MOST_AT_ONCE) return false
    const stream = this.#options.dht.connect(key, { keyPair: this.#options.keyPair })
    this.#dialing.set(id, stream)
    const giveUp = this.#options.clock.after(GIVE_UP_MS, () => stream.destroy())
    const settle = (opened: boolean) => {
      if (this.#dialing.get(id) !== stream) return
      this.#dialing.delete(id)
      giveUp()
      if (opened) this.#options.onopen(stream)
      done()
    }
    stream.on('error', ignore)
    stream.once('open', () => settle(true))
    stream.once('close', () => settle(false))
    return true
  }

  close(): void {
    this.#closed = true
    for (const stream of this.#dialing.values()) stream.destroy()
  }
}

function ignore(): void {}
