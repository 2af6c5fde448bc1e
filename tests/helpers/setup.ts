/** Before every test file: nothing that a test starts may touch this user's own profile or state. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const home = mkdtempSync(join(tmpdir(), 'mangrove-test-'))
process.env.MANGROVE_STATE_DIR = join(home, 'state')
process.env.XDG_DATA_HOME = join(home, 'data')
for (const name of ['STORAGE_DIR', 'PORT', 'MANGROVE_BOOTSTRAP', 'MANGROVE_BIND']) delete process.env[name]

afterAll(() => rmSync(home, { recursive: true, force: true }))
