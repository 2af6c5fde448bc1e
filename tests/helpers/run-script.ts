/** Runs a few lines of CommonJS in a Node of their own, for what a test cannot do to its own process. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Resolves when it has ended, however it ended. */
export async function runScript(source: string): Promise<void> {
  await once(spawn(process.execPath, ['-e', source], { stdio: 'inherit' }), 'exit')
}
