/** Reads the one-time token from POST /session: a small JSON body `{token}`. */
import type { IncomingMessage } from 'node:http'
import { isRecord, parseJson } from '../../lib/json.js'

const MAX_BODY_BYTES = 1024

/** The token, or null for anything else than such a body. Never throws. */
export async function readToken(request: IncomingMessage): Promise<string | null> {
  if (request.headers['content-type'] !== 'application/json') return null
  try {
    const body = parseJson(await readBody(request))
    return isRecord(body) && typeof body.token === 'string' ? body.token : null
  } catch {
    return null
  }
}

/** Throws beyond the limit, which also ends the request. */
async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length > MAX_BODY_BYTES) throw new Error('body too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
