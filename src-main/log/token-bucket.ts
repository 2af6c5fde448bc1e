/** A rate with a burst. It never refuses: it says how long to stop reading. */
export class TokenBucket {
  readonly #perSecond: number
  readonly #capacity: number
  #tokens: number
  #at: number

  constructor(perSecond: number, burst: number, now: number) {
    this.#perSecond = perSecond
    this.#capacity = perSecond * burst
    this.#tokens = this.#capacity
    this.#at = now
  }

  /** Takes `amount` at `now` (ms); returns for how many ms the taker is overdrawn, 0 if it is not. */
  take(amount: number, now: number): number {
    this.#tokens = Math.min(this.#capacity, this.#tokens + ((now - this.#at) / 1000) * this.#perSecond)
    this.#at = now
    this.#tokens -= amount
    return this.#tokens >= 0 ? 0 : Math.ceil((-this.#tokens / this.#perSecond) * 1000)
  }
}
