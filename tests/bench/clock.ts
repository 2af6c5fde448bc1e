/** The system's monotonic clock in ms: the same one in every process of this machine. */
export function now(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
