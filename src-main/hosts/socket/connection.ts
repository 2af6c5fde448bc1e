/** One client of the local socket. Whatever it sends, it gets an answer a line and the process goes on. */
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Bridge } from '../../bridge/bridge.js'
import { answerRequest, MAX_REQUEST_BYTES } from '../../bridge/request.js'
import { LineSplitter } from './lines.js'

/** Beyond so many unanswered commands the server stops reading. */
const MAX_RUNNING = 64
/** How long closing waits for a command, and then for a client that does not read. */
const END_GRACE_MS = 2000

export class SocketConnection {
  private readonly running = new Set<Promise<void>>()
  private ending = false

  constructor(
    private readonly socket: Socket,
    private readonly bridge: Bridge
  ) {
    const lines = new LineSplitter(MAX_REQUEST_BYTES, (line) => this.take(line))
    socket.on('data', (chunk) => lines.push(chunk))
    socket.on('drain', () => this.resumeMaybe())
    // A client that goes away needs no answer.
    socket.on('error', () => socket.destroy())
  }

  /** Reads no more, waits a little for what runs, hangs up. */
  async end(): Promise<void> {
    this.ending = true
    this.socket.pause()
    await Promise.race([Promise.all(this.running), sleep(END_GRACE_MS, undefined, { ref: false })])
    this.socket.destroySoon()
    setTimeout(() => this.socket.destroy(), END_GRACE_MS).unref()
  }

  private take(line: string | null): void {
    if (this.ending || line?.trim() === '') return
    const answering = this.answer(line).finally(() => this.settled(answering))
    this.running.add(answering)
    if (this.running.size >= MAX_RUNNING) this.socket.pause()
  }

  private async answer(line: string | null): Promise<void> {
    const reply = await answerRequest(this.bridge, line)
    if (this.socket.writable && !this.socket.write(`${reply}\n`)) this.socket.pause()
  }

  private settled(answering: Promise<void>): void {
    this.running.delete(answering)
    this.resumeMaybe()
  }

  private resumeMaybe(): void {
    if (!this.ending && this.running.size < MAX_RUNNING && !this.socket.writableNeedDrain) this.socket.resume()
  }
}
