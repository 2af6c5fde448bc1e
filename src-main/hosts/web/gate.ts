/** What every HTTP request must pass, and what every answer carries. Against DNS rebinding and foreign pages. */
import type { IncomingMessage } from 'node:http'

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join('; ')

export const SECURITY_HEADERS = {
  'Content-Security-Policy': POLICY,
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
  if (request.headers.host !== host) return 421
  const { origin } = request.headers
  if (origin === undefined) return needsOrigin ? 403 : null
  return origin === `http://${host}` ? null : 403
}
