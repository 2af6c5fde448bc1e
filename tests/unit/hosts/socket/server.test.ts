import { once } from 'node:events'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Bridge } from '../../../../src-main/bridge/bridge.js'
import { MAX_REQUEST_BYTES } from '../../../../src-main/bridge/request.js'
import { callOnce, SocketClient } from '../../../../src-main/hosts/socket/client.js'
import { socketPaths } from '../../../../src-main/hosts/socket/paths.js'
import { SocketServer } from '../../../../src-main/hosts/socket/server.js'
import type { Handlers } from '../../../../src-main/node/mangrove-node.js'
import { FakeNode, KEY, silent } from '../../../helpers/fake-node.js'
import { isWindows } from '../../../helpers/platform.js'
import { runScript } from '../../../helpers/run-script.js'
import { tempDir, withTest } from '../../../helpers/temp.js'

const handlers: Handlers = { 'account.get': () => ({ id: KEY, name: 'Alice' }) }

async function listen(
  storage = tempDir(),
  answers: Handlers = handlers
): Promise<{ storage: string; server: SocketServer }> {
  const server = await SocketServer.listen(storage, new Bridge(new FakeNode(answers), silent), silent)
  withTest(() => server.close())
  return { storage, server }
}

/** Sends raw bytes and resolves with the first `count` lines of the answer. */
async function rawLines(path: string, bytes: string | Buffer, count: number): Promise<string[]> {
  const socket = connect(path)
  withTest(() => void socket.destroy())
  socket.write(bytes)
  let text = ''
  for await (const chunk of socket) {
    text += chunk
    if (text.split('\n').length > count) break
  }
  return text.split('\n').slice(0, count)
}

describe('the local socket', () => {
  it.skipIf(isWindows)('is for this user only and goes away on a clean stop', async () => {
    const { server } = await listen()
    expect(statSync(server.path).mode & 0o777).toBe(0o600)
    await server.close()
    expect(existsSync(server.path)).toBe(false)
  })

  it('answers every bad line with an error and goes on', async () => {
    const { server } = await listen()
    const bytes = `{\n[1]\n${'x'.repeat(MAX_REQUEST_BYTES + 1)}\n\u0000\n{"id":5,"command":"account.get"}\n`
    const answers = (await rawLines(server.path, bytes, 5)).map((line) => JSON.parse(line))
    const codes = answers.map(({ error }) => error?.code)
    expect(codes.filter((code) => code === 'BAD_ARGUMENT')).toHaveLength(3)
    expect(codes).toContain('TOO_LARGE')
    expect(answers.find(({ id }) => id === 5)).toMatchObject({ result: { name: 'Alice' } })
  })

  it('outlives a client that goes away before its answer', async () => {
    let answer = () => undefined
    const asked = Promise.withResolvers<void>()
    const { storage, server } = await listen(tempDir(), {
      ...handlers,
      'rooms.list': () => {
        asked.resolve()
        return new Promise((resolve) => {
          answer = () => void resolve({ rooms: [] })
        })
      }
    })
    const socket = connect(server.path)
    socket.write('{"id":1,"command":"rooms.list"}\n')
    await asked.promise
    socket.destroy()
    answer()
    expect(await callOnce(storage, 'account.get', {})).toMatchObject({ name: 'Alice' })
  })

  it('serves thousands of pipelined commands of one client', async () => {
    const { storage } = await listen()
    const client = await SocketClient.connect(storage)
    withTest(() => client.close())
    const answers = await Promise.all(Array.from({ length: 3000 }, () => client.call('account.get')))
    expect(answers).toHaveLength(3000)
  })

  it.skipIf(isWindows)('takes the place of a socket that a killed process left behind', async () => {
    const storage = tempDir()
    const [path = ''] = socketPaths(storage)
    await runScript(
      `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`
    )
    expect(existsSync(path)).toBe(true)
    await expect(callOnce(storage, 'account.get', {})).rejects.toMatchObject({ code: 'NOT_RUNNING' })
    await listen(storage)
    expect(await callOnce(storage, 'account.get', {})).toMatchObject({ name: 'Alice' })
  })

  it.skipIf(isWindows)('leaves alone what is not a socket', async () => {
    const storage = tempDir()
    writeFileSync(join(storage, 'mangrove.sock'), 'mine')
    await expect(listen(storage)).rejects.toMatchObject({ code: 'STORAGE_UNWRITABLE' })
  })

  it('works for a profile with a long path', async () => {
    const storage = join(tempDir(), 'long'.repeat(30))
    await listen(storage)
    expect(await callOnce(storage, 'account.get', {})).toMatchObject({ name: 'Alice' })
  })

  it('says NOT_RUNNING where nobody listens, and to who waits when it stops', async () => {
    await expect(callOnce(tempDir(), 'account.get', {})).rejects.toMatchObject({ code: 'NOT_RUNNING' })
    const asked = Promise.withResolvers<void>()
    const { server, storage } = await listen(tempDir(), {
      'rooms.list': () => {
        asked.resolve()
        return new Promise(() => undefined)
      }
    })
    const client = await SocketClient.connect(storage)
    const waiting = client.call('rooms.list')
    waiting.catch(() => undefined)
    await asked.promise
    await server.close()
    await expect(waiting).rejects.toMatchObject({ code: 'NOT_RUNNING' })
  })

  it('says TOO_LARGE before it sends more than a line may have', async () => {
    const { storage } = await listen()
    const text = 'x'.repeat(MAX_REQUEST_BYTES)
    await expect(callOnce(storage, 'messages.send', { text })).rejects.toMatchObject({ code: 'TOO_LARGE' })
  })

  it('waits on closing until running commands have answered', async () => {
    const asked = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    const { server, storage } = await listen(tempDir(), {
      'rooms.list': async () => {
        asked.resolve()
        await gate.promise
        return { rooms: [] }
      }
    })
    const client = await SocketClient.connect(storage)
    const answer = client.call('rooms.list')
    await asked.promise
    const closed = server.close()
    gate.resolve()
    expect(await answer).toEqual({ rooms: [] })
    await closed
    client.close()
  })

  it('hears of nothing after the socket was closed by the client', async () => {
    const { server } = await listen()
    const socket = connect(server.path)
    await once(socket, 'connect')
    socket.end()
    await once(socket.resume(), 'close')
  })
})
