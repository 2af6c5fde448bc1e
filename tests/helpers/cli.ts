/** Runs the built command line to its end, as a person would. */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')
export const CLI = resolve(ROOT, 'out/main/cli.js')

/** A process that hangs must not outlive its test. */
const TIMEOUT_MS = 30_000

export interface RunOptions {
  env?: NodeJS.ProcessEnv
  stdin?: string
  /** The Node to start; the tests' own by default. */
  node?: string
}

export interface RunResult {
  code: number | null
  stdout: string
  stderr: string
}

/** Resolves when the process has ended, whatever its exit code. */
export function runMangrove(
  args: string[],
  { env, stdin = '', node = process.execPath }: RunOptions = {}
): Promise<RunResult> {
  const child = spawn(node, [CLI, ...args], {
    env: { ...process.env, ...env },
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL'
  })
  const result: RunResult = { code: null, stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => (result.stdout += chunk))
  child.stderr.on('data', (chunk) => (result.stderr += chunk))
  child.stdin.on('error', () => undefined)
  child.stdin.end(stdin)
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', (code) => done({ ...result, code }))
  })
}

export class CallError extends Error {
  constructor(
    readonly code: string,
    message: string
  ) {
    super(`${code}: ${message}`)
  }
}

/** `mangrove call`: the result, or a CallError with the code. Arguments go over stdin, so they may be long. */
export async function callMangrove(storage: string, command: string, args: unknown = {}, env?: NodeJS.ProcessEnv) {
  const { code, stdout, stderr } = await runMangrove(['call', '--storage', storage, command, '-'], {
    stdin: JSON.stringify(args),
    env
  })
  const value = stdout ? JSON.parse(stdout) : undefined
  if (code === 0) return value
  throw new CallError(value?.error?.code ?? 'CRASHED', value?.error?.message ?? stderr)
}
