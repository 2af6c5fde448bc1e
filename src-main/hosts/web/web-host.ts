/**
 * The interface over HTTP and WebSocket on 127.0.0.1. The page and its assets need no session; everything else
 * answers 401 without one. A session comes from the one-time token in the URL's fragment, by POST /session.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Bridge } from '../../bridge/bridge.js'
import { MAX_REQUEST_BYTES } from '../../bridge/request.js'
import { MangroveError } from '../../lib/errors.js'
import type { Logger } from '../../lib/logger.js'
import { Access } from './access.js'
import { type Asset, readAssets } from './assets.js'
import { refusalStatus, SECURITY_HEADERS } from './gate.js'
import { readToken } from './session-request.js'
import { serveTab } from './tab.js'
import type { WebMemory } from './web-memory.js'

const ADDRESS = '127.0.0.1'
const SOCKET_PATH = '/socket'
const MAX_TABS = 64
const GOING_AWAY = 1001

export interface WebHostOptions {
  bridge: Bridge
  logger: Logger
  /** 0 is the one of the last time, or else any free one. */
  port: number
  /** The folder of the built page. */
  assets: string
  /** What a restart keeps, so that an open page goes on; without it nothing is. */
  memory?: WebMemory
}

export class WebHost {
  private readonly server: Server
  private readonly sockets: WebSocketServer
  private readonly assets: Map<string, Asset>
  private access = new Access()

  private constructor(private readonly options: WebHostOptions) {
    this.assets = readAssets(options.assets)
    this.sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_REQUEST_BYTES })
    this.server = createServer({ requestTimeout: 10_000 }, (request, response) => this.handle(request, response))
    this.server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head))
  }

  /** Resolves when it answers; throws PORT_IN_USE. */
  static async listen(options: WebHostOptions): Promise<WebHost> {
    const host = new WebHost(options)
    await host.open()
    return host
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  get origin(): string {
    return `http://${ADDRESS}:${this.port}`
  }

  /** A URL that opens the page once; with `ttlMs` within that time only. */
  createUrl(ttlMs?: number): string {
    return `${this.origin}/#token=${this.access.createToken(ttlMs)}`
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()))
    for (const tab of this.sockets.clients) hangUp(tab)
    this.server.closeAllConnections()
    await closed
  }

  private async open(): Promise<void> {
    const { memory, logger, port } = this.options
    await this.listenAnywhere(port, memory?.port ?? 0)
    // Whoever has the old port now may have been sent sessions by pages that were left open.
    if (memory && memory.port !== this.port) memory.moveTo(this.port)
    this.access = new Access(Date.now, memory)
    this.server.on('error', (err) => logger.warn({ err }, 'web host'))
  }

  private async listenAnywhere(port: number, lastPort: number): Promise<void> {
    if (port || !lastPort) return this.listenOn(port)
    await this.listenOn(lastPort).catch(() => this.listenOn(0))
  }

  private async listenOn(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (cause) => reject(listenError(cause, port)))
      this.server.listen(port, ADDRESS, resolve)
    })
    this.server.removeAllListeners('error')
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    const isExchange = request.method === 'POST' && request.url === '/session'
    const refusal = refusalStatus(request, this.port, isExchange)
    if (refusal) return answer(response, refusal)
    if (isExchange) return void this.exchange(request, response)
    const asset = this.assets.get(request.url?.split('?')[0] ?? '')
    if (!asset || (request.method !== 'GET' && request.method !== 'HEAD')) return answer(response, 401)
    answer(response, 200, asset.type, asset.body)
  }

  private async exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = await readToken(request)
    const session = token === null ? null : this.access.exchange(token)
    if (session === null) return answer(response, 401)
    answer(response, 200, 'application/json', Buffer.from(JSON.stringify({ session })))
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    const refusal = refusalStatus(request, this.port, true)
    if (refusal) return refuseUpgrade(socket, refusal)
    if (request.url !== SOCKET_PATH) return refuseUpgrade(socket, 401)
    if (this.sockets.clients.size >= MAX_TABS) return refuseUpgrade(socket, 503)
    this.sockets.handleUpgrade(request, socket, head, (tab) => serveTab(tab, this.options.bridge, this.access))
  }
}

function answer(response: ServerResponse, status: number, type = 'text/plain', body: Buffer = Buffer.alloc(0)): void {
  response.writeHead(status, { ...SECURITY_HEADERS, 'Content-Type': type, 'Content-Length': body.length })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function hangUp(tab: WebSocket): void {
  tab.close(GOING_AWAY)
  tab.terminate()
}

function listenError(cause: NodeJS.ErrnoException, port: number): Error {
  if (cause.code === 'EADDRINUSE') {
    return new MangroveError('PORT_IN_USE', `Port ${port} on ${ADDRESS} is in use; choose another with --port.`, {
      cause
    })
  }
  return new MangroveError('UNAVAILABLE', `Port ${port} on ${ADDRESS} cannot be opened (${cause.code}).`, { cause })
}
