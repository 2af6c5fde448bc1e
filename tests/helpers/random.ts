/** Random choices that can be made again: MANGROVE_SEED=<seed>; the seed of a test that fails is printed. */
import { onTestFailed } from 'vitest'

export class Random {
  #state: number

  private constructor(readonly seed: number) {
    this.#state = seed
  }

  static forTest(): Random {
    const seed = Number(process.env.MANGROVE_SEED) || Math.floor(Math.random() * 2 ** 31)
    onTestFailed(() => console.error(`MANGROVE_SEED=${seed}`))
    return new Random(seed)
  }

  /** 0 up to, not including, 1 (mulberry32). */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from `low` up to and including `high`. */
  between(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1))
  }

  happens(probability: number): boolean {
    return this.fraction() < probability
  }

  shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, at: this.fraction() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item)
  }
}
