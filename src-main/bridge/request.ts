/** Requests as text, the same on every carrier that moves bytes: `{id, command, args}` → `{id, result | error}`. */
import { type ErrorCode, MangroveError, toMangroveError } from '../lib/errors.js'
import { isRecord, parseJson } from '../lib/json.js'
import type { Bridge, Reply } from './bridge.js'

/** A text of 32 KiB fits even where every byte of it is escaped. */
export const MAX_REQUEST_BYTES = 256 * 1024

type RequestId = string | number | null

interface Request {
  id: RequestId
  command: unknown
  args: unknown
}

/** Answers one request; `null` stands for one that was too long to be read. Never throws. */
export async function answerRequest(bridge: Bridge, text: string | null): Promise<string> {
  if (text === null) return refusal('TOO_LARGE', `A request may have at most ${MAX_REQUEST_BYTES} bytes.`)
  let request: Request
  try {
    request = parseRequest(text)
  } catch (thrown) {
    const { code, message } = toMangroveError(thrown)
    return refusal(code, message)
  }
  return encode(request.id, await bridge.call(request.command, request.args))
}

function parseRequest(text: string): Request {
  const value = parseJson(text)
  if (!isRecord(value)) throw new MangroveError('BAD_ARGUMENT', 'A request must be one JSON object.')
  const { id = null, command, args = {} } = value
  if (!isRequestId(id)) throw new MangroveError('BAD_ARGUMENT', 'id must be a number or a short string.')
  return { id, command, args }
}

function isRequestId(id: unknown): id is RequestId {
  return id === null || typeof id === 'number' || (typeof id === 'string' && id.length <= 64)
}

/** Without an id: it could not be read. */
function refusal(code: ErrorCode, message: string): string {
  return encode(null, { error: { code, message } })
}

function encode(id: RequestId, reply: Reply): string {
  return JSON.stringify({ id, ...reply })
}
