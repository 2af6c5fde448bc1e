/** The page's only way to the node: exchanges the one-time token, keeps the session, calls and hears over a WebSocket. */
import type { CommandInput, CommandName, CommandResult } from '../src-preload/contract/index.js'

const SESSION_KEY = 'mangrove.session'
const CLOSE_NO_SESSION = 4401
const RETRY_MS = 2000

export type BridgeState = 'connecting' | 'open' | 'lost' | 'refused'

interface Answer {
  id?: number
  event?: string
  session?: 'accepted'
  result?: unknown
  error?: { code: string; message: string }
}

export class BridgeError extends Error {
  constructor(
    readonly code: string,
    message: string
  ) {
    super(message)
  }
}

export class PageBridge {
  private socket: WebSocket | null = null
  private nextId = 1
  private readonly waiting = new Map<number, { resolve(result: never): void; reject(error: Error): void }>()

  constructor(
    private readonly onState: (state: BridgeState) => void,
    private readonly onEvent: () => void
  ) {}

  async start(): Promise<void> {
    const session = await openSession()
    if (session) this.connect(session)
    else this.onState('refused')
  }

  call<Name extends CommandName>(command: Name, args: CommandInput<Name>): Promise<CommandResult<Name>> {
    return new Promise((resolve, reject) => {
      const id = this.nextId++
      this.waiting.set(id, { resolve, reject })
      this.socket?.send(JSON.stringify({ id, command, args }))
    })
  }

  private connect(session: string): void {
    this.onState('connecting')
    const socket = new WebSocket(`ws://${location.host}/socket`)
    this.socket = socket
    socket.onopen = () => socket.send(JSON.stringify({ session }))
    socket.onmessage = (message) => this.take(JSON.parse(message.data))
    socket.onclose = ({ code }) => this.closed(code, session)
  }

  private closed(code: number, session: string): void {
    for (const waiting of this.waiting.values())
      waiting.reject(new BridgeError('NOT_RUNNING', 'The connection is lost.'))
    this.waiting.clear()
    if (code === CLOSE_NO_SESSION) {
      sessionStorage.removeItem(SESSION_KEY)
      this.onState('refused')
      return
    }
    this.onState('lost')
    setTimeout(() => this.connect(session), RETRY_MS)
  }

  private take(answer: Answer): void {
    if (answer.session) return this.onState('open')
    if (answer.event) return this.onEvent()
    const waiting = answer.id === undefined ? undefined : this.waiting.get(answer.id)
    if (!waiting || answer.id === undefined) return
    this.waiting.delete(answer.id)
    if (answer.error) waiting.reject(new BridgeError(answer.error.code, answer.error.message))
    else waiting.resolve(answer.result as never)
  }
}

/** The session of this tab, from the URL's token when there is one. The token leaves the address bar at once. */
async function openSession(): Promise<string | null> {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (!token) return sessionStorage.getItem(SESSION_KEY)
  history.replaceState(null, '', '/')
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token })
  })
  if (!response.ok) return sessionStorage.getItem(SESSION_KEY)
  const { session } = await response.json()
  sessionStorage.setItem(SESSION_KEY, session)
  return session
}
