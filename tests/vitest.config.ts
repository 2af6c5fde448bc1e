/** How tests run: in processes of their own, because natives are involved and a crash must end one worker only. */
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

const root = resolve(import.meta.dirname, '..')

/** `--mode chaos` runs what `npm test` leaves out or runs in small. */
const suites: Record<string, string[]> = {
  chaos: ['tests/**/*.chaos.test.ts']
}

export default defineConfig(({ mode }) => ({
  root,
  test: {
    include: suites[mode] ?? ['tests/**/*.test.ts'],
    pool: 'forks',
    env: { MANGROVE_CHAOS: mode === 'chaos' ? '1' : '' },
    setupFiles: ['tests/helpers/setup.ts'],
    globalSetup: mode === 'test' ? ['tests/helpers/announce.ts'] : [],
    testTimeout: mode === 'test' ? 60_000 : 1_800_000,
    hookTimeout: 60_000
  }
}))
