/** JSON from outside: bounded in depth before it is parsed, because deep values break what handles them later. */
import { MangroveError } from './errors.js'

export const MAX_JSON_DEPTH = 16

/** Parses or throws BAD_ARGUMENT. The caller bounds the length. */
export function parseJson(text: string, maxDepth = MAX_JSON_DEPTH): unknown {
  if (isDeeperThan(text, maxDepth))
    throw new MangroveError('BAD_ARGUMENT', `JSON is nested deeper than ${maxDepth} levels.`)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new MangroveError('BAD_ARGUMENT', 'This is not valid JSON.', { cause })
  }
}

/** Counts brackets outside of strings; does not care whether they match. */
function isDeeperThan(text: string, max: number): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (inString) {
      if (char === '\\') i++
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{' || char === '[') {
      if (++depth > max) return true
    } else if (char === '}' || char === ']') depth--
  }
  return false
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
