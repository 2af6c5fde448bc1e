/** What happens under an old Node: the same command under the installed one, or one sentence. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isRightNode } from '../../src-main/hosts/headless/node-version.js'
import { CLI, runMangrove } from '../helpers/cli.js'
import { eventually } from '../helpers/eventually.js'
import { tempDir } from '../helpers/temp.js'

const SYSTEM_NODE = '/usr/bin/node'

/** The system's Node when it is too old for Mangrove; these tests are skipped where there is none. */
function oldNode(): string | null {
  if (!existsSync(SYSTEM_NODE)) return null
  const version = execFileSync(SYSTEM_NODE, ['-p', 'process.versions.node'], { encoding: 'utf8' })
  return isRightNode(version) ? null : SYSTEM_NODE
}

const node = oldNode() ?? ''

it('tells a right Node from an old one', () => {
  expect(['24.0.0', '24.21.0', '25.1.0', '100.0.0'].map(isRightNode)).toEqual([true, true, true, true])
  expect(['23.9.9', '20.20.2', '9.0.0', '2.4.0', ''].map(isRightNode)).toEqual([false, false, false, false, false])
})

it('says what is needed, once, when the other Node is too old as well', async () => {
  const pretend = join(tempDir(), 'pretend.mjs')
  writeFileSync(pretend, "Object.defineProperty(process.versions, 'node', { value: '20.1.0' })")
  const { code, stdout, stderr } = await runMangrove(['--version'], { env: { NODE_OPTIONS: `--import=${pretend}` } })
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: '',
    stderr: 'mangrove: Node 24 or newer is needed, this is 20.1.0.\n'
  })
})

describe.skipIf(!node)('under an old Node (skipped where the system has none)', () => {
  it('runs the same command, with its output and exit code', async () => {
    expect(await runMangrove(['--version'], { node })).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d/) })
    expect(await runMangrove(['serve', '--nope'], { node })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--nope')
    })
  })

  it('brings stdin along', async () => {
    const { stdout } = await runMangrove(['call', '--storage', tempDir(), 'rooms.list', '-'], { node, stdin: '{' })
    expect(JSON.parse(stdout).error.code).toBe('BAD_ARGUMENT')
  })

  it('forwards a signal and ends as the child ended', async () => {
    const child = spawn(node, [CLI, 'call', '--storage', tempDir(), 'rooms.list', '-'], {
      stdio: ['pipe', 'pipe', 'pipe']
    })
    await eventuallyHasChild(child.pid)
    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    expect(code).toBe(128 + 15)
  })

  it('says what is needed when no other Node was installed with it', async () => {
    const script = join(tempDir(), 'cli.mjs')
    copyFileSync(CLI, script)
    const child = spawn(node, [script, '--version'], { stdio: ['ignore', 'ignore', 'pipe'] })
    let stderr = ''
    child.stderr.on('data', (chunk) => (stderr += chunk))
    const [code] = await once(child, 'close')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^mangrove: Node 24 or newer is needed, this is \S+\.\n$/)
  })
})

/** Waits until the old Node has started the new one, so that there is somebody to forward to. */
async function eventuallyHasChild(pid: number | undefined): Promise<void> {
  await eventually(() => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8') !== '')
}
