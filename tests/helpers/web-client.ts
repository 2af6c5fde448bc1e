/** A client of the web host that speaks as the page does, and as badly as a test wants. */
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import WebSocket from 'ws'

export interface HttpAnswer {
  status: number
  headers: Record<string, unknown>
  body: string
}

/** One request with exactly these headers, to 127.0.0.1 whatever Host says. */
export function httpCall(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: Record<string, string>; body?: string } = {}
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
      response.on('error', reject)
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** POST /session as the page sends it. */
export function exchange(port: number, token: string, headers: Record<string, string> = {}): Promise<HttpAnswer> {
  const origin = `http://127.0.0.1:${port}`
  const all = { 'Content-Type': 'application/json', Origin: origin, ...headers }
  return httpCall(port, '/session', { method: 'POST', headers: all, body: JSON.stringify({ token }) })
}

export function tokenOf(url: string): string {
  return new URLSearchParams(new URL(url).hash.slice(1)).get('token') ?? ''
}

export class WebClient {
  private readonly answers = new Map<number, (answer: { result?: unknown; error?: unknown }) => void>()
  private readonly eventListeners = new Set<(event: unknown) => void>()
  private nextId = 1

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => this.take(JSON.parse(data.toString())))
  }

  /** Exchanges the URL's token and opens an accepted WebSocket. */
  static async open(url: string): Promise<WebClient> {
    const port = Number(new URL(url).port)
    const { session } = JSON.parse((await exchange(port, tokenOf(url))).body)
    return WebClient.withSession(port, session)
  }

  static async withSession(port: number, session: string): Promise<WebClient> {
    const socket = openSocket(port)
    await once(socket, 'open')
    const accepted = once(socket, 'message')
    socket.send(JSON.stringify({ session }))
    await accepted
    return new WebClient(socket)
  }

  call(command: string, args?: unknown): Promise<{ result?: unknown; error?: unknown }> {
    const id = this.nextId++
    this.socket.send(JSON.stringify({ id, command, args }))
    return new Promise((resolve) => this.answers.set(id, resolve))
  }

  onEvent(listener: (event: unknown) => void): void {
    this.eventListeners.add(listener)
  }

  close(): void {
    this.socket.terminate()
  }

  private take({ id, ...rest }: { id?: number }): void {
    if (id === undefined) for (const listener of this.eventListeners) listener(rest)
    else this.answers.get(id)?.(rest)
  }
}

export function openSocket(port: number, headers: Record<string, string> = {}, path = '/socket'): WebSocket {
  const origin = `http://127.0.0.1:${port}`
  return new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers: { Origin: origin, ...headers } })
}
