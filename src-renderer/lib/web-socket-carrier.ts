/**
 * The contract over the web host's WebSocket. Exchanges the one-time token, keeps the session of this tab, comes
 * back by itself when the connection is lost.
 */
import type { CommandName, EventName } from '../../src-preload/contract/index.js'
import type { BridgeState } from '../bridge.js'
import { BridgeError } from './bridge-error.js'

const SESSION_KEY = 'mangrove.session'
const CLOSE_NO_SESSION = 4401
const RETRY_MS = [250, 500, 1000, 2000, 3000]

interface Frame {
  id?: number
  result?: unknown
  error?: { code: string; message: string }
  event?: EventName
  payload?: unknown
  session?: 'accepted'
}

interface Waiting {
  resolve(result: unknown): void
  reject(error: Error): void
}

type Listener = (payload: unknown) => void

export class WebSocketCarrier {
  private socket: WebSocket | null = null
  private accepted = false
  private nextId = 1
  private failures = 0
  private readonly waiting = new Map<number, Waiting>()
  private readonly listeners = new Map<EventName, Set<Listener>>()
  private onState: (state: BridgeState) => void = () => undefined

  start(onState: (state: BridgeState) => void): void {
    this.onState = onState
    onState('connecting')
    void this.open()
  }

  call(command: CommandName, args: unknown): Promise<unknown> {
    const { socket } = this
    if (!this.accepted || socket?.readyState !== WebSocket.OPEN) return Promise.reject(lost())
    return new Promise((resolve, reject) => {
      const id = this.nextId++
      this.waiting.set(id, { resolve, reject })
      socket.send(JSON.stringify({ id, command, args }))
    })
  }

  on(event: EventName, listener: (payload: unknown) => void): () => void {
    const listeners = this.listeners.get(event) ?? new Set()
    this.listeners.set(event, listeners.add(listener))
    return () => void listeners.delete(listener)
  }

  /** Never throws: without an answer it tries again, without a session it says so. */
  private async open(): Promise<void> {
    try {
      const session = await openSession()
      if (session) this.connect(session)
      else this.onState('refused')
    } catch {
      this.retry(() => this.open())
    }
  }

  private connect(session: string): void {
    const socket = new WebSocket(`ws://${location.host}/socket`)
    this.socket = socket
    socket.onopen = () => socket.send(JSON.stringify({ session }))
    socket.onmessage = ({ data }: MessageEvent<string>) => this.take(JSON.parse(data))
    socket.onclose = ({ code }) => this.closed(code, session)
  }

  private closed(code: number, session: string): void {
    this.accepted = false
    this.socket = null
    for (const waiting of this.waiting.values()) waiting.reject(lost())
    this.waiting.clear()
    if (code !== CLOSE_NO_SESSION) return this.retry(() => this.connect(session))
    sessionStorage.removeItem(SESSION_KEY)
    this.onState('refused')
  }

  private retry(again: () => void): void {
    this.onState('lost')
    setTimeout(again, RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)])
  }

  private take(frame: Frame): void {
    if (frame.session) return this.accept()
    if (frame.event) return this.tell(frame.event, frame.payload)
    const waiting = this.waiting.get(frame.id ?? 0)
    if (!waiting) return
    this.waiting.delete(frame.id ?? 0)
    if (frame.error) waiting.reject(BridgeError.from(frame.error))
    else waiting.resolve(frame.result)
  }

  private accept(): void {
    this.accepted = true
    this.failures = 0
    this.onState('open')
  }

  private tell(event: EventName, payload: unknown): void {
    for (const listener of this.listeners.get(event) ?? []) listener(payload)
  }
}

function lost(): BridgeError {
  return new BridgeError('NOT_RUNNING', 'The connection to Mangrove is lost.')
}

/** The session of this tab, from the URL's token when there is one. The token leaves the address bar at once. */
async function openSession(): Promise<string | null> {
  const token = takeToken()
  if (!token) return sessionStorage.getItem(SESSION_KEY)
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token })
  })
  pendingToken = null
  if (!response.ok) return sessionStorage.getItem(SESSION_KEY)
  const { session } = (await response.json()) as { session: string }
  sessionStorage.setItem(SESSION_KEY, session)
  return session
}

let pendingToken: string | null = null

/** Kept until an answer came: a page that was opened a moment too early asks again. */
function takeToken(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token) {
    pendingToken = token
    history.replaceState(null, '', location.pathname)
  }
  return pendingToken
}
