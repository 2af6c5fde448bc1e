/** `npm run dev`: builds again on every change. Start `mangrove serve` beside it and reload the page. */
import { watch } from 'node:fs'
import { join } from 'node:path'
import { build, root, SOURCES } from './build.js'

/** Editors write a file in several steps. */
const QUIET_MS = 100

let timer

function rebuild() {
  const started = performance.now()
  const ok = build()
  console.log(ok ? `built in ${Math.round(performance.now() - started)} ms` : 'the build failed')
}

function rebuildSoon() {
  clearTimeout(timer)
  timer = setTimeout(rebuild, QUIET_MS)
}

rebuild()
for (const source of SOURCES) watch(join(root, source), { recursive: true }, rebuildSoon)
