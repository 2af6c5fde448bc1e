/** Medians and percentiles of small samples. */

/** The sample below which `share` (0 to 1) of all lie; NaN of none. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5)
}

/** `12,300 (11,900–12,800)`: the median and the range. */
export function spread(samples: readonly number[], digits = 0): string {
  if (samples.length === 1) return number(samples[0] as number, digits)
  return `${number(median(samples), digits)} (${number(Math.min(...samples), digits)}–${number(Math.max(...samples), digits)})`
}

export function number(value: number, digits = 0): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
