/** A hostile page in the same Chromium, and hostile sockets, against the web host: none gets data or an effect. */
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchChromium, newPage } from '../helpers/chromium.js'
import { localDht } from '../helpers/local-dht.js'
import { type MangroveProcess, spawnMangrove } from '../helpers/spawn-mangrove.js'
import { tempDir } from '../helpers/temp.js'
import { exchange, tokenOf, WebClient } from '../helpers/web-client.js'

let browser: Browser
let evil: Server
let node: MangroveProcess
let port: number
let session: string

beforeAll(async () => {
  // The attacker's name leads to this machine, as after a DNS rebinding.
  browser = await launchChromium(afterAll, ['--host-resolver-rules=MAP evil.test 127.0.0.1'])
  evil = createServer((_request, response) => response.end('<!doctype html><title>evil</title>')).listen(0, '127.0.0.1')
  afterAll(() => void evil.close())
  await once(evil, 'listening')
  const dht = await localDht(afterAll)
  node = await serve(dht.flag)
  port = Number(new URL(node.url).port)
  session = JSON.parse((await exchange(port, tokenOf(node.url))).body).session
  await node.call('account.create', { name: 'Alice' })
  await node.call('rooms.create', { name: 'Secret garden' })
})

// At the top level: within another hook it would not be heard.
afterAll(async () => {
  await node.kill()
  rmSync(node.storage, { recursive: true, force: true })
})

/** A page of the attacker's, which knows everything but the secrets. */
async function evilPage(): Promise<Page> {
  const page = await newPage(browser)
  await page.goto(`http://evil.test:${(evil.address() as AddressInfo).port}/`)
  return page
}

describe('a page of another site', () => {
  let page: Page

  beforeEach(async () => {
    page = await evilPage()
  })

  it('reads nothing by fetch, from any of our addresses', async () => {
    const paths = ['/', '/session', '/socket', '/index.html']
    const read = await page.evaluate(
      async ({ port, paths }) => {
        const got: string[] = []
        for (const host of ['127.0.0.1', 'localhost', 'evil.test']) {
          for (const path of paths) {
            const answer = await fetch(`http://${host}:${port}${path}`).then(
              (response) => response.text(),
              () => ''
            )
            got.push(answer)
          }
        }
        return got.join('')
      },
      { port, paths }
    )
    expect(read).toBe('')
  })

  it('cannot use a token by POST, in plain text, as a form or as JSON', async () => {
    const token = await freshToken()
    const statuses = await page.evaluate(
      async ({ port, token }) => {
        const body = JSON.stringify({ token })
        const seen: unknown[] = []
        for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json']) {
          for (const mode of ['no-cors', 'cors'] as const) {
            const headers = { 'Content-Type': type }
            const options: RequestInit = { method: 'POST', mode, headers, body, credentials: 'include' }
            seen.push(
              await fetch(`http://127.0.0.1:${port}/session`, options).then(
                ({ type }) => type,
                () => 'failed'
              )
            )
          }
        }
        return seen
      },
      { port, token }
    )
    expect(new Set(statuses)).toEqual(new Set(['failed']))
    expect((await exchange(port, token)).status).toBe(200)
  })

  it('gets no WebSocket, even with a session', async () => {
    const outcome = await page.evaluate(openSocketFromPage, { urls: urlsOf(port), session })
    expect(outcome).toEqual(urlsOf(port).map(() => 'closed'))
  })

  it('cannot frame the page', async () => {
    const failed = page.waitForEvent('requestfailed')
    const framed = await page.evaluate(async (url) => {
      const frame = document.createElement('iframe')
      frame.src = url
      document.body.append(frame)
      await new Promise((loaded) => frame.addEventListener('load', loaded, { once: true }))
      try {
        return frame.contentDocument?.body.innerHTML ?? 'refused'
      } catch {
        return 'refused'
      }
    }, `http://127.0.0.1:${port}/`)
    expect(framed).toBe('refused')
    expect((await failed).failure()?.errorText).toBe('net::ERR_BLOCKED_BY_RESPONSE')
  })

  it('loads no script of ours, and a window that it opened has no way back', async () => {
    const loaded = await page.evaluate(async (url) => {
      const script = document.createElement('script')
      script.src = url
      document.body.append(script)
      return new Promise((done) => {
        script.onload = () => done('loaded')
        script.onerror = () => done('refused')
      })
    }, `http://127.0.0.1:${port}/favicon.svg`)
    expect(loaded).toBe('refused')
    const opened = page.waitForEvent('popup')
    await page.evaluate((url) => Object.assign(window, { other: window.open(url) }), `http://127.0.0.1:${port}/`)
    const popup = await opened
    await popup.waitForLoadState()
    expect(await popup.evaluate(() => window.opener)).toBeNull()
    expect(await page.evaluate(() => (window as unknown as { other: Window }).other.closed)).toBe(true)
  })
})

it('a name that is bound to this machine anew is not answered', async () => {
  const page = await newPage(browser)
  const statuses: number[] = []
  page.on('response', (response) => statuses.push(response.status()))
  for (const host of ['evil.test', 'localhost']) {
    await expect(page.goto(`http://${host}:${port}/`)).rejects.toThrow('ERR_HTTP_RESPONSE_CODE_FAILURE')
  }
  expect(statuses).toEqual([421, 421])
  const rebound = await evilPage()
  expect(await rebound.evaluate(openSocketFromPage, { urls: [`ws://evil.test:${port}/socket`], session })).toEqual([
    'closed'
  ])
})

describe('a raw socket', () => {
  it.each([
    ['another Host', 'GET / HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n', 421],
    ['localhost', `GET / HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n`, 421],
    ['no Host', 'GET / HTTP/1.0\r\n\r\n', 421],
    ['two Hosts', 'GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: evil.test\r\nConnection: close\r\n\r\n', 421],
    [
      'a foreign address in the line',
      'GET http://evil.test/ HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n',
      421
    ],
    [
      'a way out of the folder',
      'GET /../../package.json HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n',
      401
    ],
    ['no such method', 'SECRET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n', 400],
    ['a null Origin', 'GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: null\r\nConnection: close\r\n\r\n', 403],
    [
      'no token',
      'POST /session HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: http://127.0.0.1:PORT\r\nConnection: close\r\n\r\n',
      401
    ]
  ])('with %s is refused', async (_what, request, status) => {
    const answer = await raw(request.replaceAll('PORT', String(port)))
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer).not.toContain('<!doctype')
  })

  it('cannot use a token twice, nor guess one', async () => {
    const token = await freshToken()
    expect((await exchange(port, token)).status).toBe(200)
    expect((await exchange(port, token)).status).toBe(401)
    expect((await exchange(port, 'A'.repeat(43))).status).toBe(401)
  })
})

it('after all of it the node has what it had, and its own page still works', async () => {
  expect((await node.call('rooms.list', {})).rooms.map(({ name }) => name)).toEqual(['Secret garden'])
  const tab = await WebClient.withSession(port, session)
  expect(await tab.call('account.get', {})).toMatchObject({ result: { name: 'Alice' } })
  tab.close()
})

/** Whichever runs at the end is ended there, together with its folder. */
function serve(bootstrap: string, storage = tempDir(() => undefined)): Promise<MangroveProcess> {
  const options = { storage, teardown: () => undefined }
  return spawnMangrove(['serve', '--bind', '127.0.0.1', '--bootstrap', bootstrap], options)
}

/** Only one token is printed, so each attack on tokens has a node of its own start. */
async function freshToken(): Promise<string> {
  await node.stop()
  node = await serve('127.0.0.1:1', node.storage)
  expect(Number(new URL(node.url).port)).toBe(port)
  return tokenOf(node.url)
}

function urlsOf(port: number): string[] {
  return ['127.0.0.1', 'localhost', 'evil.test'].map((host) => `ws://${host}:${port}/socket`)
}

/** Runs in the page: what becomes of each socket that asks for the rooms. */
async function openSocketFromPage({ urls, session }: { urls: string[]; session: string }): Promise<string[]> {
  const attempt = (url: string) =>
    new Promise<string>((done) => {
      const socket = new WebSocket(url)
      socket.onopen = () => {
        socket.send(JSON.stringify({ session }))
        socket.send(JSON.stringify({ id: 1, command: 'rooms.list', args: {} }))
      }
      socket.onmessage = ({ data }) => done(data)
      socket.onclose = () => done('closed')
    })
  return Promise.all(urls.map(attempt))
}

async function raw(request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(request)
  return text(socket)
}
