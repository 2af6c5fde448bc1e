/** Every benchmark runs, in small, and prints its table. How fast it was says nothing here. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { isWindows } from '../helpers/platform.js'

const start = resolve(import.meta.dirname, 'start.js')
const NAMES = ['ingest', 'latency', 'catch-up', 'store-latency', 'memory', 'event-loop']

async function bench(...args: string[]): Promise<{ code: number; printed: string; complaint: string }> {
  const child = spawn(process.execPath, [start, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [printed, complaint] = ['', '']
  child.stdout.on('data', (chunk) => (printed += chunk))
  child.stderr.on('data', (chunk) => (complaint += chunk))
  const [code] = await once(child, 'close')
  return { code, printed, complaint }
}

it.skipIf(isWindows)('every benchmark prints a table', { timeout: 300_000 }, async () => {
  const { code, printed, complaint } = await bench('--short')
  expect(complaint).toBe('')
  expect(code).toBe(0)
  expect([...printed.matchAll(/^## (.+)$/gm)].map(([, name]) => name)).toEqual(NAMES)
  expect(printed.match(/^\| what .*\|\n\|-.*\|\n\| \S/gm)).toHaveLength(NAMES.length)
  expect(printed).not.toContain('NaN')
})

it.skipIf(isWindows)('a benchmark that does not exist is an error', async () => {
  const { code, complaint } = await bench('speed')
  expect(code).toBe(1)
  expect(complaint).toContain('There is no benchmark speed.')
})
