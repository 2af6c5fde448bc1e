/** What a release wrote, later versions read: frozen vectors against the present code. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeInvite } from '../../src-main/protocol/invite.js'
import { decodeSignal } from '../../src-main/protocol/room-messages.js'
import { CODECS, openSampleSignal } from './codecs.js'
import { DERIVATIONS, type Input } from './derivations.js'
import { type LogInput, writeLog } from './log.js'
import { numbers } from './numbers.js'
import { type Plain, plain } from './plain.js'

interface Frozen {
  readonly derivations: Record<string, { input: Input; output: Plain }[]>
  readonly codecs: Record<string, Record<string, { bytes: string; value: Plain }>>
  readonly numbers: Record<string, Plain>
  readonly logs: (LogInput & { length: number; treeHash: string; signature: string })[]
}

function load(release: string): Frozen {
  const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, release, `${name}.json`), 'utf8'))
  return { derivations: read('derivations'), codecs: read('codecs'), numbers: read('numbers'), logs: read('logs') }
}

const releases = readdirSync(import.meta.dirname).filter((name) => /^\d+\.\d+$/.test(name))

it('has vectors of the first release', () => {
  expect(releases).toContain('0.1')
})

describe.each(releases)('release %s', (release) => {
  const frozen = load(release)

  it.each(Object.keys(frozen.derivations))('derives the same %s', (name) => {
    for (const { input, output } of frozen.derivations[name] ?? []) {
      expect(DERIVATIONS[name]?.derive(input)).toEqual(output)
    }
  })

  it('reads every link', () => {
    for (const { input, output } of frozen.derivations.invite ?? []) {
      expect(plain(decodeInvite(String(output)))).toEqual(input)
    }
  })

  it.each(Object.keys(frozen.codecs))('reads and writes the same %s', (name) => {
    const codec = CODECS[name]
    for (const { bytes, value } of Object.values(frozen.codecs[name] ?? {})) {
      expect(codec?.decode(Buffer.from(bytes, 'hex'))).toEqual(value)
      expect(codec?.recode(Buffer.from(bytes, 'hex'))?.toString('hex')).toBe(bytes)
    }
  })

  it('opens the sealed signal', () => {
    const { bytes } = frozen.codecs['room-signal']?.positions ?? { bytes: '' }
    const opened = openSampleSignal(decodeSignal(Buffer.from(bytes, 'hex')))
    expect(CODECS.positions?.decode(opened)).toMatchObject({ received: [{ length: 7 }], away: false })
  })

  it('writes logs with the same trees and signatures', async () => {
    for (const { logSeed, blocks, ...tree } of frozen.logs) expect(await writeLog({ logSeed, blocks })).toEqual(tree)
  })

  it('keeps every number on the wire', () => {
    expect(numbers()).toMatchObject(frozen.numbers)
  })
})
