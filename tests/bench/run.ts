/** `npm run bench`: runs all benchmarks, or those named, and prints a table. Measures; judges nothing by exit code. */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { catchUp } from './benchmarks/catch-up.js'
import { eventLoop } from './benchmarks/event-loop.js'
import { ingest } from './benchmarks/ingest.js'
import { latency } from './benchmarks/latency.js'
import { memory } from './benchmarks/memory.js'
import { storeLatency } from './benchmarks/store-latency.js'
import { FULL, SHORT, type Sizes } from './sizes.js'
import { type Row, table } from './table.js'

const BENCHMARKS: Record<string, (sizes: Sizes) => Promise<Row[]>> = {
  ingest,
  latency,
  'catch-up': catchUp,
  'store-latency': storeLatency,
  memory,
  'event-loop': eventLoop
}

const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean' }, rounds: { type: 'string' } }
})
const chosen = values.short ? SHORT : FULL
const sizes = values.rounds ? { ...chosen, rounds: Number(values.rounds) } : chosen
const unknown = names.find((name) => !(name in BENCHMARKS))

if (unknown) {
  console.error(`There is no benchmark ${unknown}. There are: ${Object.keys(BENCHMARKS).join(', ')}.`)
  process.exit(1)
}

console.log(`Node ${process.version}, ${cpus().length} cores, median (lowest–highest) of ${sizes.rounds} runs\n`)
for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
  if (names.length > 0 && !names.includes(name)) continue
  console.log(`## ${name}\n`)
  const rows = await benchmark(sizes)
  console.log(`${table(values.short ? rows.map(unjudged) : rows)}\n`)
}
process.exit(0)

/** Tiny runs show that everything works, and nothing about speed. */
function unjudged({ kept, ...row }: Row): Row {
  return row
}
