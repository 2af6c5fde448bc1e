/**
 * `npm run bench [-- <name> …] [--short] [--rounds=N]`: builds the programs beside this file into out/bench and runs
 * them. What is measured is out/main/cli.js, so build first.
 */
import { resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../..')

if (Number.parseInt(process.versions.node, 10) < 24) {
  console.error(`Benchmarks need Node 24, and this is ${process.version}. Start them with npm run bench.`)
  process.exit(1)
}

/** Each runs as a process of its own but for `run`. */
const programs = {
  run: 'run.ts',
  pushers: 'programs/pushers.ts',
  member: 'programs/member.ts',
  'baseline-root-peer': 'baseline/root-peer.ts',
  'baseline-members': 'baseline/members.ts'
}

const input = Object.entries(programs).map(([name, file]) => [name, resolve(import.meta.dirname, file)])

await build({
  root,
  configFile: false,
  logLevel: 'error',
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'out/bench',
    emptyOutDir: false,
    rolldownOptions: {
      input: Object.fromEntries(input),
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js' }
    }
  }
})
await import(resolve(root, 'out/bench/run.js'))
