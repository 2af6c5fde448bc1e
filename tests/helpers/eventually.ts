/** Waits for a state that only shows by asking: asks again until it is there, with a deadline instead of a duration. */
import { setTimeout as sleep } from 'node:timers/promises'

/** The first truthy value that `ask` gives; an error of the last attempt is the error of the wait. */
export async function eventually<T>(
  ask: () => Promise<T> | T,
  timeoutMs = 30_000,
  what = 'it'
): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeoutMs
  let lastError: unknown
  while (Date.now() < deadline) {
    try {
      const value = await ask()
      if (value) return value
    } catch (error) {
      lastError = error
    }
    await sleep(50)
  }
  throw new Error(`waited ${timeoutMs} ms for ${what}`, { cause: lastError })
}
