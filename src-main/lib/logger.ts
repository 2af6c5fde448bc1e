/** Logs go to stderr as JSON lines and are quiet by default. Secrets and capabilities are cut out by name. */
import pino from 'pino'

export type Logger = pino.Logger

/** A roomId is a capability: logs show its handle instead. */
const SECRET = [
  'roomId',
  'roomIds',
  'topic',
  'secret',
  'secretKey',
  'seed',
  'phrase',
  'link',
  'token',
  'session',
  'text',
  'args'
]

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/** MANGROVE_LOG names the level; DEBUG alone means debug; warn otherwise. */
export function logLevel(env: NodeJS.ProcessEnv = process.env): string {
  const level = env.MANGROVE_LOG?.toLowerCase()
  if (level && LEVELS.includes(level)) return level
  return env.DEBUG ? 'debug' : 'warn'
}

/** Writes synchronously, so that the last line before an exit is not lost. */
export function createLogger(level = logLevel(), stream: pino.DestinationStream = stderr()): Logger {
  const paths = SECRET.flatMap((name) => [name, `*.${name}`])
  return pino({ level, base: { pid: process.pid }, redact: { paths, censor: '[secret]' } }, stream)
}

function stderr(): pino.DestinationStream {
  return pino.destination({ fd: 2, sync: true })
}
