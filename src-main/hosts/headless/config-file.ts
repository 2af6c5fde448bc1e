/** config.json in the profile: flags in camelCase. Settings writes the same file, so unknown names are left alone. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MangroveError } from '../../lib/errors.js'
import { isRecord, parseJson } from '../../lib/json.js'

const ABSENT = new Set(['ENOENT', 'ENOTDIR'])

/** An absent file has nothing in it; a broken one throws BAD_ARGUMENT rather than being passed over. */
export function readConfig(storage: string): Record<string, unknown> {
  const path = join(storage, 'config.json')
  const text = readIfThere(path)
  if (text === null) return {}
  const config = parseConfig(text, path)
  if (!isRecord(config)) throw new MangroveError('BAD_ARGUMENT', `${path} must hold one JSON object.`)
  return config
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (ABSENT.has((cause as NodeJS.ErrnoException).code ?? '')) return null
    throw new MangroveError('STORAGE_UNWRITABLE', `${path} cannot be read.`, { cause })
  }
}

function parseConfig(text: string, path: string): unknown {
  try {
    return parseJson(text)
  } catch (cause) {
    throw new MangroveError('BAD_ARGUMENT', `${path} is not valid JSON.`, { cause })
  }
}
