import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Bridge } from '../../../../src-main/bridge/bridge.js'
import { MAX_REQUEST_BYTES } from '../../../../src-main/bridge/request.js'
import { WebHost } from '../../../../src-main/hosts/web/web-host.js'
import { FakeNode, KEY, silent } from '../../../helpers/fake-node.js'
import { tempDir, withTest } from '../../../helpers/temp.js'
import { exchange, httpCall, openSocket, tokenOf, WebClient } from '../../../helpers/web-client.js'

function pageFolder(): string {
  const folder = tempDir()
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'assets', 'main.js'), '1')
  return folder
}

async function listen(port = 0): Promise<{ web: WebHost; node: FakeNode }> {
  const node = new FakeNode({ 'account.get': () => ({ id: KEY, name: 'Alice' }) })
  const web = await WebHost.listen({ bridge: new Bridge(node, silent), logger: silent, port, assets: pageFolder() })
  withTest(() => web.close())
  return { web, node }
}

/** The status with which a WebSocket upgrade is refused. */
async function upgradeStatus(port: number, headers: Record<string, string>, path?: string): Promise<number> {
  const socket = openSocket(port, headers, path)
  socket.on('error', () => undefined)
  const [, response] = await once(socket, 'unexpected-response')
  response.destroy()
  return response.statusCode
}

/** The code with which the host closes a WebSocket that sends `frame` first. */
async function closeCode(port: number, frame: string | Buffer): Promise<number> {
  const socket = openSocket(port)
  await once(socket, 'open')
  socket.send(frame)
  const [code] = await once(socket, 'close')
  return code
}

describe('the page', () => {
  it('and its assets need no session and carry the policy', async () => {
    const { web } = await listen()
    const page = await httpCall(web.port, '/')
    expect(page).toMatchObject({ status: 200, body: '<!doctype html>' })
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
    expect(page.headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
    expect(page.headers['access-control-allow-origin']).toBeUndefined()
    expect(page.headers['set-cookie']).toBeUndefined()
    const asset = await httpCall(web.port, '/assets/main.js')
    expect(asset).toMatchObject({ status: 200, body: '1' })
    expect(asset.headers['content-type']).toContain('text/javascript')
  })

  it('is all that is served: everything else is 401', async () => {
    const { web } = await listen()
    const paths = [
      '/x',
      '/socket',
      '/session',
      '/../package.json',
      '/assets/',
      '/assets/%2e%2e/index.html',
      '//',
      '/__proto__'
    ]
    for (const path of paths) expect((await httpCall(web.port, path)).status).toBe(401)
    expect((await httpCall(web.port, '/', { method: 'POST' })).status).toBe(401)
    expect((await httpCall(web.port, '/', { method: 'OPTIONS' })).status).toBe(401)
  })

  it('is refused with 421 for any other Host, also localhost', async () => {
    const { web } = await listen()
    for (const Host of [`localhost:${web.port}`, '127.0.0.1', `evil.example:${web.port}`, `127.0.0.1:${web.port}.`]) {
      expect((await httpCall(web.port, '/', { headers: { Host } })).status).toBe(421)
    }
  })

  it('is refused with 403 for any other Origin', async () => {
    const { web } = await listen()
    const origins = [
      'http://evil.example',
      'null',
      `http://localhost:${web.port}`,
      `https://127.0.0.1:${web.port}`,
      'http://127.0.0.1'
    ]
    for (const Origin of origins) expect((await httpCall(web.port, '/', { headers: { Origin } })).status).toBe(403)
  })
})

describe('a session', () => {
  it('comes from the one-time token, once', async () => {
    const { web } = await listen()
    const url = web.createUrl()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/)
    expect((await exchange(web.port, tokenOf(url))).status).toBe(200)
    expect((await exchange(web.port, tokenOf(url))).status).toBe(401)
  })

  it('is not given to a foreign or missing origin, another content type, or a wrong body', async () => {
    const { web } = await listen()
    const token = tokenOf(web.createUrl())
    const post = (headers: Record<string, string>, body: string) =>
      httpCall(web.port, '/session', { method: 'POST', headers, body })
    const Origin = web.origin
    const json = { 'Content-Type': 'application/json' }
    expect((await exchange(web.port, token, { Origin: 'http://evil.example' })).status).toBe(403)
    expect((await post(json, JSON.stringify({ token }))).status).toBe(403)
    expect((await post({ Origin, 'Content-Type': 'text/plain' }, JSON.stringify({ token }))).status).toBe(401)
    for (const body of ['', '{', '[]', '{"token":1}', '{"token":"x"}', 'x'.repeat(1025)]) {
      expect((await post({ Origin, ...json }, body)).status).toBe(401)
    }
    expect((await exchange(web.port, token)).status).toBe(200)
  })

  it('serves several tabs, each with its answers, all with events', async () => {
    const { web, node } = await listen()
    const { session } = JSON.parse((await exchange(web.port, tokenOf(web.createUrl()))).body)
    const tabs = await Promise.all([1, 2, 3].map(() => WebClient.withSession(web.port, session)))
    const events = tabs.map((tab) => new Promise((resolve) => tab.onEvent(resolve)))
    for (const tab of tabs) expect(await tab.call('account.get')).toEqual({ result: { id: KEY, name: 'Alice' } })
    node.emit('network.changed', {})
    expect(await Promise.all(events)).toEqual(tabs.map(() => ({ event: 'network.changed', payload: {} })))
  })
})

describe('a WebSocket', () => {
  it('is refused for a wrong Host, a foreign or missing Origin, another path', async () => {
    const { web } = await listen()
    expect(await upgradeStatus(web.port, { Host: `localhost:${web.port}` })).toBe(421)
    expect(await upgradeStatus(web.port, { Origin: 'http://evil.example' })).toBe(403)
    expect(await upgradeStatus(web.port, { Origin: '' })).toBe(403)
    expect(await upgradeStatus(web.port, {}, '/')).toBe(401)
  })

  it('is closed when its first frame is not a session', async () => {
    const { web } = await listen()
    const command = '{"id":1,"command":"account.get"}'
    for (const frame of ['', '{', command, '{"session":"x"}', '{"session":null}', Buffer.from('{}')]) {
      expect(await closeCode(web.port, frame)).toBe(4401)
    }
  })

  it('hears nothing before its session', async () => {
    const { web, node } = await listen()
    const socket = openSocket(web.port)
    await once(socket, 'open')
    const heard: unknown[] = []
    socket.on('message', (data) => heard.push(data))
    node.emit('network.changed', {})
    socket.send('{}')
    await once(socket, 'close')
    expect(heard).toEqual([])
  })

  it('answers bad frames with an error and is closed only for one that is too large', async () => {
    const { web } = await listen()
    const tab = await WebClient.open(web.createUrl())
    tab.socket.send('{')
    expect(await tab.call('nope')).toMatchObject({ error: { code: 'UNKNOWN_COMMAND' } })
    const closed = once(tab.socket, 'close')
    tab.socket.send('x'.repeat(MAX_REQUEST_BYTES + 1))
    expect((await closed)[0]).toBe(1009)
    expect((await httpCall(web.port, '/')).status).toBe(200)
  })
})

it('says PORT_IN_USE with the port when it is taken', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  withTest(() => void taken.close())
  await once(taken, 'listening')
  const { port } = taken.address() as { port: number }
  await expect(listen(port)).rejects.toMatchObject({ code: 'PORT_IN_USE', message: expect.stringContaining(`${port}`) })
})

it('says so when the page was not built', async () => {
  const options = {
    bridge: new Bridge(new FakeNode(), silent),
    logger: silent,
    port: 0,
    assets: join(tempDir(), 'none')
  }
  await expect(WebHost.listen(options)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})
