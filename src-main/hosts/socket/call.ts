/** `mangrove call`: one command, one JSON value on stdout, exit code 1 when it is an error. */
import { text } from 'node:stream/consumers'
import { MangroveError, toMangroveError } from '../../lib/errors.js'
import { parseJson } from '../../lib/json.js'
import { callOnce } from './client.js'

/** Prints the answer and sets the exit code. `json` may be `-` for stdin; without it there are no arguments. */
export async function runCall(storage: string, command: string, json?: string): Promise<void> {
  try {
    const args = await readArgs(json)
    printValue(await callOnce(storage, command, args))
  } catch (thrown) {
    printError(thrown)
  }
}

/** The way in which `call` reports every mistake, also one in its own flags. */
export function printError(thrown: unknown): void {
  const { code, message } = toMangroveError(thrown)
  printValue({ error: { code, message } })
  process.exitCode = 1
}

async function readArgs(json: string | undefined): Promise<unknown> {
  if (json === undefined) return {}
  const source = json === '-' ? await text(process.stdin) : json
  if (source.trim() === '') throw new MangroveError('BAD_ARGUMENT', 'The argument is empty; it must be JSON.')
  return parseJson(source)
}

function printValue(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value ?? null)}\n`)
}
