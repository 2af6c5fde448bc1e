/**
 * One Noise connection as the rest of the node sees it. Owns nothing but the stream: Network decides which streams
 * become connections and hears of their end through the callbacks.
 *
 * UDX acknowledges and buffers whatever arrives, also while nobody reads: `pause()` holds messages back from us but
 * does not slow the other side's transport. So what piles up is bounded: above LIMITS.pendingWritesDrop the connection
 * closes (see `overflowed`). Senders that behave limit what they have unacknowledged.
 */
import type { NoiseSecretStream } from 'hyperdht'
import Protomux from 'protomux'
import type { NoiseKey } from '../protocol/ids.js'
import { LIMITS } from '../protocol/limits.js'
import type { Connection, Mux } from '../protocol/ports.js'
import { Flow } from './flow.js'

export interface ConnectionOptions {
  /** Called for each protocol error with how many there were so far. */
  readonly onMisbehaved?: (connection: PeerConnection, what: string, errors: number) => void
  /** What a listener threw: a bug of ours, never the peer's. */
  readonly onError?: (error: unknown) => void
}

export class PeerConnection implements Connection {
  readonly remoteKey: NoiseKey
  readonly isInitiator: boolean
  readonly handshakeHash: Buffer
  readonly mux: Mux

  readonly #stream: NoiseSecretStream
  readonly #flow: Flow
  readonly #options: ConnectionOptions
  readonly #closeListeners: (() => void)[] = []
  #ended = false
  #errors = 0

  /** `stream` is open: its handshake is done. Never throws on anything the peer does later. */
  constructor(stream: NoiseSecretStream, options: ConnectionOptions = {}) {
    this.#stream = stream
    this.#options = options
    this.remoteKey = stream.remotePublicKey
    this.isInitiator = stream.isInitiator
    this.handshakeHash = stream.handshakeHash
    stream.on('error', ignore)
    stream.on('close', () => this.#onclose())
    this.mux = Protomux.from(stream) as unknown as Mux
    this.#flow = new Flow(stream)
  }

  get closed(): boolean {
    return this.#ended || this.#stream.destroying
  }

  get pendingWrites(): number {
    return this.#stream._writableState.buffered + this.#stream.rawStream._writableState.buffered
  }

  /** True when more than we are willing to hold arrived while reading was paused. */
  get overflowed(): boolean {
    const { _readableState, rawStream } = this.#stream
    return _readableState.buffered + rawStream._readableState.buffered > LIMITS.pendingWritesDrop
  }

  /** Packets that came in so far, bare acknowledgements too: grows as long as the other side lives. */
  get packetsReceived(): number {
    return this.#stream.rawStream.packetsReceived
  }

  /** Asks the other side's transport for an acknowledgement. */
  ping(): void {
    if (!this.closed) this.#stream.sendKeepAlive()
  }

  pause(): void {
    if (!this.closed) this.#flow.pause()
  }

  resume(): void {
    if (!this.closed) this.#flow.resume()
  }

  misbehaved(what: string): void {
    if (this.closed) return
    this.#errors++
    this.#options.onMisbehaved?.(this, what, this.#errors)
    if (this.#errors >= LIMITS.protocolErrors) this.close()
  }

  close(): void {
    if (!this.closed) this.#stream.destroy()
  }

  /** Sends what is written, then closes. */
  end(): void {
    if (!this.closed) this.#stream.end()
  }

  onClose(listener: () => void): void {
    if (this.#ended) this.#call(listener)
    else this.#closeListeners.push(listener)
  }

  onDrain(listener: () => void): void {
    this.#stream.on('drain', () => this.#call(listener))
  }

  #onclose(): void {
    if (this.#ended) return
    this.#ended = true
    for (const listener of this.#closeListeners.splice(0)) this.#call(listener)
  }

  #call(listener: () => void): void {
    try {
      listener()
    } catch (error) {
      this.#options.onError?.(error)
    }
  }
}

/** A stream's end is told by 'close'; its error would otherwise end the process. */
function ignore(): void {}
