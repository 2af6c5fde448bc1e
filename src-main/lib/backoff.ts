/** Growing waits between tries, with jitter so that many nodes do not try in step. */
export class Backoff {
  readonly #steps: readonly number[]
  readonly #random: () => number
  #tries = 0

  /** `steps` are ms, the last one repeats; `random` is 0 to 1 and adds up to a quarter of a step. */
  constructor(steps: readonly number[], random: () => number = Math.random) {
    this.#steps = steps
    this.#random = random
  }

  /** The wait before the next try, in ms. */
  next(): number {
    const step = this.#steps[Math.min(this.#tries, this.#steps.length - 1)] ?? 0
    this.#tries++
    return Math.round(step * (1 + this.#random() / 4))
  }

  reset(): void {
    this.#tries = 0
  }
}
