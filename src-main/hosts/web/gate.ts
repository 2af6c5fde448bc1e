/** What every HTTP request must pass, and what every answer carries. Against DNS rebinding and foreign pages. */
import type { IncomingMessage } from 'node:http'
import { PAGE_POLICY } from './policy.js'

export const SECURITY_HEADERS = {
  'Content-Security-Policy': PAGE_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store'
} as const

/** The status with which to refuse, or null. `needsOrigin` is for what only our own page may do. */
export function refusalStatus(request: IncomingMessage, port: number, needsOrigin: boolean): 421 | 403 | null {
  const host = `127.0.0.1:${port}`
  // Node takes the first of several; somebody else on the way might take the last.
  if (request.headersDistinct.host?.length !== 1 || request.headers.host !== host) return 421
  const { origin } = request.headers
  if (origin === undefined) return needsOrigin ? 403 : null
  return origin === `http://${host}` ? null : 403
}
