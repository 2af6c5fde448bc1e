import { expect, it } from 'vitest'
import { createLogger, logLevel } from '../../../src-main/lib/logger.js'

it('is quiet by default; MANGROVE_LOG names a level and DEBUG means debug', () => {
  expect(logLevel({})).toBe('warn')
  expect(logLevel({ DEBUG: '1' })).toBe('debug')
  expect(logLevel({ DEBUG: '1', MANGROVE_LOG: 'INFO' })).toBe('info')
  expect(logLevel({ MANGROVE_LOG: 'loud' })).toBe('warn')
})

it('cuts capabilities and secrets out by name', () => {
  const lines: string[] = []
  const logger = createLogger('info', { write: (line) => void lines.push(line) })
  logger.warn({ roomId: 'abc', request: { link: 'abc', text: 'abc' }, secret: 'abc' }, 'seen')
  expect(lines.join()).toContain('seen')
  expect(lines.join()).not.toContain('abc')
})
