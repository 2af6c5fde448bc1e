/** Time as a port: whoever waits or dates things gets it handed in, so that tests decide what time it is. */
export interface Clock {
  /** ms since 1970 UTC. */
  now(): number
  /** Runs once after `ms`; returns its cancel. Keeps no process alive. */
  after(ms: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    timer.unref()
    return () => clearTimeout(timer)
  }
}
