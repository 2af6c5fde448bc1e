/**
 * Writes the vectors of one release, once: `node -e "import('vite').then((vite) => vite.runnerImport(
 * './tests/formats/make.ts'))"` with RELEASE=0.1 in the environment, then `npm run fix`. What was released stays as it
 * is, so a folder that is there is never written to.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CODECS } from './codecs.js'
import { DERIVATIONS } from './derivations.js'
import { count } from './inputs.js'
import { writeLog } from './log.js'
import { numbers } from './numbers.js'

const release = process.env.RELEASE
if (!release || !/^\d+\.\d+$/.test(release)) throw new Error('Name the release, as in RELEASE=0.1')
const folder = join(import.meta.dirname, release)
/** Throws when the folder is there. */
mkdirSync(folder)

function write(name: string, content: unknown): void {
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(content, null, 2)}\n`, { flag: 'wx' })
}

const derived = Object.entries(DERIVATIONS).map(([name, { inputs, derive }]) => [
  name,
  inputs.map((input) => ({ input, output: derive(input) }))
])
const encoded = Object.entries(CODECS).map(([name, codec]) => [
  name,
  Object.fromEntries(
    codec.samples.map((sample) => {
      const bytes = codec.encodeSample(sample)
      return [sample, { bytes: bytes.toString('hex'), value: codec.decode(bytes) }]
    })
  )
])

write('derivations', Object.fromEntries(derived))
write('codecs', Object.fromEntries(encoded))
write('numbers', numbers())

const logSeed = count(32, 0x80).toString('hex')
const logs = [1, 3].map((length) => Array.from({ length }, (_, i) => count(10 + i, i).toString('hex')))
write(
  'logs',
  await Promise.all(logs.map(async (blocks) => ({ logSeed, blocks, ...(await writeLog({ logSeed, blocks })) })))
)
