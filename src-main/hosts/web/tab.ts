/** One WebSocket of the page. Its first frame is the session; then requests go in, answers and events come out. */
import type { RawData, WebSocket } from 'ws'
import type { Bridge } from '../../bridge/bridge.js'
import { answerRequest } from '../../bridge/request.js'
import { isRecord, parseJson } from '../../lib/json.js'
import type { Access } from './access.js'

/** Private use; the page tells it from a lost connection and asks for a new URL. */
export const CLOSE_NO_SESSION = 4401
const CLOSE_TOO_SLOW = 4408
const HELLO_TIMEOUT_MS = 5000
const MAX_RUNNING = 64
/** A tab that does not read its answers is let go; it queries again when it comes back. */
const MAX_BUFFERED_BYTES = 32 * 1024 * 1024

/** Takes the socket over; ends with it. */
export function serveTab(socket: WebSocket, bridge: Bridge, access: Access): void {
  const timeout = setTimeout(() => socket.close(CLOSE_NO_SESSION), HELLO_TIMEOUT_MS)
  socket.once('close', () => clearTimeout(timeout))
  // A frame beyond the limit or a broken connection: ws closes it.
  socket.on('error', () => undefined)
  socket.once('message', (data, isBinary) => {
    clearTimeout(timeout)
    if (isBinary || !access.isSession(readSession(data))) return socket.close(CLOSE_NO_SESSION)
    new Tab(socket, bridge).open()
  })
}

class Tab {
  private running = 0

  constructor(
    private readonly socket: WebSocket,
    private readonly bridge: Bridge
  ) {}

  open(): void {
    const unsubscribe = this.bridge.subscribe((event) => this.send(JSON.stringify(event)))
    this.socket.once('close', unsubscribe)
    this.socket.on('message', (data) => void this.answer(data))
    this.send(JSON.stringify({ session: 'accepted' }))
  }

  private async answer(data: RawData): Promise<void> {
    if (++this.running >= MAX_RUNNING) this.socket.pause()
    this.send(await answerRequest(this.bridge, data.toString()))
    if (--this.running < MAX_RUNNING) this.socket.resume()
  }

  private send(text: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return
    if (this.socket.bufferedAmount > MAX_BUFFERED_BYTES) this.socket.close(CLOSE_TOO_SLOW)
    else this.socket.send(text)
  }
}

function readSession(data: RawData): unknown {
  try {
    const frame = parseJson(data.toString())
    return isRecord(frame) ? frame.session : undefined
  } catch {
    return undefined
  }
}
