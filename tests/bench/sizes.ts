/** How much each benchmark does: enough to measure, or just enough to see that it runs. */
export interface Sizes {
  readonly rounds: number
  readonly peers: number
  /** Processes that the peers are spread over. */
  readonly processes: number
  /** Entries a peer pushes, coalesced, one an append, and as messages to the baseline. */
  readonly coalesced: number
  readonly single: number
  readonly baseline: number
  readonly latencyMessages: number
  readonly catchUpLogs: number
  readonly catchUpEntries: number
  readonly pacedPerSecond: number
  readonly pacedSeconds: number
  /** How long a process is left alone before its memory is read. */
  readonly idleMs: number
}

export const FULL: Sizes = {
  rounds: 5,
  peers: 100,
  processes: 4,
  coalesced: 1000,
  single: 200,
  baseline: 100,
  latencyMessages: 500,
  catchUpLogs: 100,
  catchUpEntries: 1000,
  pacedPerSecond: 1000,
  pacedSeconds: 15,
  idleMs: 5000
}

export const SHORT: Sizes = {
  rounds: 1,
  peers: 4,
  processes: 2,
  coalesced: 33,
  single: 5,
  baseline: 5,
  latencyMessages: 5,
  catchUpLogs: 3,
  catchUpEntries: 20,
  pacedPerSecond: 50,
  pacedSeconds: 1,
  idleMs: 100
}
