/** `mangrove demo` as a real process: two pages with one conversation, and nothing left behind. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { CLI } from '../helpers/cli.js'
import { isWindows } from '../helpers/platform.js'
import { tempDir, withTest } from '../helpers/temp.js'
import { WebClient } from '../helpers/web-client.js'

const LINES = /^Ada: (http:\/\/127\.0\.0\.1:\d+\/#token=\S+)\nBen: (http:\/\/127\.0\.0\.1:\d+\/#token=\S+)\n$/

interface Demo {
  child: ChildProcess
  /** Ada's page and Ben's. */
  pages: [WebClient, WebClient]
}

async function startDemo(args: string[], tmp: string): Promise<Demo> {
  const child = spawn(process.execPath, [CLI, 'demo', ...args], { env: { ...process.env, TMPDIR: tmp } })
  withTest(() => void child.kill('SIGKILL'))
  let stdout = ''
  const urls = await new Promise<RegExpExecArray>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      stdout += chunk
      const match = LINES.exec(stdout)
      if (match) resolve(match)
    })
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}: ${stdout}`)))
  })
  const pages = await Promise.all([WebClient.open(urls[1] ?? ''), WebClient.open(urls[2] ?? '')])
  for (const page of pages) withTest(() => page.close())
  return { child, pages }
}

async function texts(page: WebClient): Promise<string[]> {
  const { rooms } = (await page.call('rooms.list', {})).result as { rooms: { roomId: string }[] }
  const { messages } = (await page.call('messages.page', { roomId: rooms[0]?.roomId, limit: 50 })).result as {
    messages: { text: string }[]
  }
  return messages.map(({ text }) => text)
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number> {
  child.kill(signal)
  return (await once(child, 'exit'))[0]
}

it.skipIf(isWindows)('gives Ada and Ben the same talk, and leaves nothing behind', async () => {
  const tmp = join(tempDir(), 'tmp')
  mkdirSync(tmp)
  const { child, pages } = await startDemo([], tmp)
  const said = await texts(pages[0])
  expect(said.length).toBeGreaterThan(4)
  expect(await texts(pages[1])).toEqual(said)
  expect(await end(child, 'SIGINT')).toBe(0)
  expect(readdirSync(tmp)).toEqual([])
})

it.skipIf(isWindows)('goes on with what --storage kept', async () => {
  const [storage, tmp] = [join(tempDir(), 'demo'), tempDir()]
  const first = await startDemo(['--storage', storage], tmp)
  const said = await texts(first.pages[0])
  expect(await end(first.child, 'SIGTERM')).toBe(0)
  expect(existsSync(join(storage, 'ada'))).toBe(true)
  const second = await startDemo(['--storage', storage], tmp)
  expect(await texts(second.pages[1])).toEqual(said)
})
