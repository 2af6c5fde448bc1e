/** Temporary folders that go away with the test that made them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Registers what has to be undone; inside of a test onTestFinished, in a hook pass afterAll. */
export type Teardown = (close: () => Promise<void> | void) => void

export const withTest: Teardown = (close) => onTestFinished(async () => close())

/** A new empty folder. The path is short: sockets are made in it. */
export function tempDir(teardown: Teardown = withTest): string {
  const folder = mkdtempSync(join(tmpdir(), 'mg-'))
  teardown(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}
