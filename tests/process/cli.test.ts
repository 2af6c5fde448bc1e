/** The command line with bad input: one clear sentence or one JSON error, and a non-zero exit. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type RunOptions, runMangrove } from '../helpers/cli.js'
import { tempDir } from '../helpers/temp.js'

const SENTENCE = /^mangrove: [^\n]+\n$/

/** Runs `mangrove call` and reads its one JSON value. */
async function callError(args: string[], options?: RunOptions): Promise<string> {
  const { code, stdout, stderr } = await runMangrove(['call', ...args], options)
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  return JSON.parse(stdout).error.code
}

describe('mangrove', () => {
  it('prints its version and its help', async () => {
    expect((await runMangrove(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(await runMangrove(['--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('root-peer') })
  })

  it.each([
    [['nope']],
    [['--nope']],
    [['serve', '--nope']],
    [['serve', 'extra']],
    [['serve', '--port', 'x']],
    [['serve', '--port']],
    [['root-peer', '--udp-port', '99999']],
    [['root-peer', '--bind', 'somewhere']],
    [['root-peer', '--bootstrap', 'nohost']]
  ])('says in one sentence what is wrong with %j', async (args) => {
    const { code, stdout, stderr } = await runMangrove(args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(SENTENCE)
  })

  it('says so when a variable or config.json is wrong', async () => {
    const storage = tempDir()
    expect((await runMangrove(['serve', '--storage', storage], { env: { PORT: 'x' } })).stderr).toContain('PORT')
    writeFileSync(join(storage, 'config.json'), '{')
    const { code, stderr } = await runMangrove(['root-peer', '--storage', storage])
    expect(code).toBe(1)
    expect(stderr).toMatch(SENTENCE)
    expect(stderr).toContain('config.json')
  })
})

describe('mangrove call', () => {
  it('says NOT_RUNNING where no process owns the profile, and starts none', async () => {
    expect(await callError(['--storage', tempDir(), 'rooms.list'])).toBe('NOT_RUNNING')
    expect(await callError(['--storage', join(tempDir(), 'missing'), 'rooms.list'])).toBe('NOT_RUNNING')
  })

  it('says BAD_ARGUMENT for what is not JSON, from the argument and from stdin', async () => {
    const storage = tempDir()
    for (const json of ['{', '', "{'a':1}", '['.repeat(100)]) {
      expect(await callError(['--storage', storage, 'rooms.list', json])).toBe('BAD_ARGUMENT')
      expect(await callError(['--storage', storage, 'rooms.list', '-'], { stdin: json })).toBe('BAD_ARGUMENT')
    }
  })

  it('answers wrong flags in JSON as well', async () => {
    expect(await callError([])).toBe('BAD_ARGUMENT')
    expect(await callError(['--nope', 'rooms.list'])).toBe('BAD_ARGUMENT')
    expect(await callError(['rooms.list', '{}', 'extra'])).toBe('BAD_ARGUMENT')
  })

  it('loads nothing native', async () => {
    const env = { NODE_OPTIONS: '--no-addons' }
    expect(await callError(['--storage', tempDir(), 'rooms.list'], { env })).toBe('NOT_RUNNING')
  })
})
