/** What a benchmark found, as rows of one table. */
export interface Row {
  readonly what: string
  readonly value: string
  /** Against what it is compared, for instance `12.3x the baseline`. */
  readonly ratio?: string
  readonly budget?: string
  readonly kept?: boolean
}

const HEADINGS = ['what', 'measured', 'ratio', 'budget', '']

export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ what, value, ratio = '', budget = '', kept }) => [what, value, ratio, budget, mark(kept)])
  const widths = HEADINGS.map((heading, i) => Math.max(heading.length, ...cells.map((row) => row[i]?.length ?? 0)))
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [line(HEADINGS), rule, ...cells.map(line)].join('\n')
}

function mark(kept: boolean | undefined): string {
  if (kept === undefined) return ''
  return kept ? 'kept' : 'missed'
}
