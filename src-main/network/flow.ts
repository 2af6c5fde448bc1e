/**
 * Pausing by several users. streamx knows one flag, and Protomux sets it too (while a channel waits for its pair), so
 * whoever resumed first would undo the others' pauses: here each pause is counted and Protomux is one user more.
 */
interface Pausable {
  pause(): unknown
  resume(): unknown
}

export class Flow {
  readonly #pause: () => unknown
  readonly #resume: () => unknown
  #ours = 0
  #muxPaused = false

  /** Takes over the stream's pause() and resume(), which from then on speak for Protomux alone. */
  constructor(stream: Pausable) {
    this.#pause = stream.pause.bind(stream)
    this.#resume = stream.resume.bind(stream)
    stream.pause = () => this.#setMux(stream, true)
    stream.resume = () => this.#setMux(stream, false)
  }

  get paused(): boolean {
    return this.#ours > 0 || this.#muxPaused
  }

  pause(): void {
    this.#ours++
    this.#pause()
  }

  /** One resume too many is harmless. */
  resume(): void {
    if (this.#ours === 0) return
    this.#ours--
    if (!this.paused) this.#resume()
  }

  #setMux<Stream>(stream: Stream, paused: boolean): Stream {
    this.#muxPaused = paused
    if (paused) this.#pause()
    else if (!this.paused) this.#resume()
    return stream
  }
}
