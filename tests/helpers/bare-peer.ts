/** Starts and kills tests/network/fixtures/bare-peer.mjs. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import type { HostPort } from 'hyperdht'
import { onTestFinished } from 'vitest'

const program = resolve(import.meta.dirname, '../network/fixtures/bare-peer.mjs')

export async function startBarePeer(bootstrap: HostPort[], name: string, dials?: string): Promise<ChildProcess> {
  const child = fork(program, [name, String(bootstrap[0]?.port), ...(dials ? [dials] : [])])
  onTestFinished(() => kill(child))
  await once(child, 'message')
  return child
}

/** SIGKILL: the process says nothing to anybody. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}
