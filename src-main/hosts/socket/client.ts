/** Calls the process that owns a profile. Loads nothing native and never starts anything. */
import { connect, type Socket } from 'node:net'
import type { ErrorView } from '../../../src-preload/contract/errors.js'
import { MAX_REQUEST_BYTES } from '../../bridge/request.js'
import { MangroveError } from '../../lib/errors.js'
import { isRecord } from '../../lib/json.js'
import { LineSplitter } from './lines.js'
import { socketPaths } from './paths.js'

/** A full page of the largest texts, escaped, stays below. */
const MAX_REPLY_BYTES = 64 * 1024 * 1024

/** What a server says of a missing owner, by the system. */
const NOBODY = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTDIR'])

interface Answer {
  id: number
  result?: unknown
  error?: ErrorView
}

interface Waiting {
  resolve(result: unknown): void
  reject(error: Error): void
}

export class SocketClient {
  private readonly waiting = new Map<number, Waiting>()
  private nextId = 1

  private constructor(private readonly socket: Socket) {
    const lines = new LineSplitter(MAX_REPLY_BYTES, (line) => this.take(line))
    socket.on('data', (chunk) => lines.push(chunk))
    socket.on('error', () => socket.destroy())
    socket.once('close', () => this.fail(stopped()))
  }

  /** Throws NOT_RUNNING when no process owns the profile. */
  static async connect(storage: string): Promise<SocketClient> {
    for (const path of socketPaths(storage)) {
      const socket = await tryConnect(path)
      if (socket) return new SocketClient(socket)
    }
    throw new MangroveError('NOT_RUNNING', `No Mangrove is running on ${storage}.`)
  }

  /** Resolves with the result; rejects with the server's error and its code. */
  async call(command: string, args: unknown = {}): Promise<unknown> {
    const id = this.nextId++
    const line = JSON.stringify({ id, command, args })
    if (Buffer.byteLength(line) > MAX_REQUEST_BYTES) {
      throw new MangroveError('TOO_LARGE', `A command may have at most ${MAX_REQUEST_BYTES} bytes.`)
    }
    if (this.socket.destroyed) throw stopped()
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      this.socket.write(`${line}\n`)
    })
  }

  close(): void {
    this.socket.destroy()
  }

  private take(line: string | null): void {
    const answer = line === null ? null : parseAnswer(line)
    if (!answer) {
      this.fail(new MangroveError('INTERNAL', 'The answer of the running Mangrove could not be read.'))
      this.socket.destroy()
      return
    }
    const waiting = this.waiting.get(answer.id)
    this.waiting.delete(answer.id)
    if (answer.error) waiting?.reject(new MangroveError(answer.error.code, answer.error.message))
    else waiting?.resolve(answer.result)
  }

  private fail(error: Error): void {
    for (const waiting of this.waiting.values()) waiting.reject(error)
    this.waiting.clear()
  }
}

function stopped(): MangroveError {
  return new MangroveError('NOT_RUNNING', 'Mangrove stopped before it answered.')
}

function parseAnswer(line: string): Answer | null {
  try {
    const answer = JSON.parse(line)
    return isRecord(answer) && typeof answer.id === 'number' ? (answer as unknown as Answer) : null
  } catch {
    return null
  }
}

/** One command on a connection of its own. */
export async function callOnce(storage: string, command: string, args: unknown): Promise<unknown> {
  const client = await SocketClient.connect(storage)
  try {
    return await client.call(command, args)
  } finally {
    client.close()
  }
}

function tryConnect(path: string): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.removeAllListeners('error')
      resolve(socket)
    })
    socket.once('error', (cause: NodeJS.ErrnoException) => {
      if (NOBODY.has(cause.code ?? '')) resolve(null)
      else
        reject(new MangroveError('UNAVAILABLE', 'The local socket of this profile may not be used by you.', { cause }))
    })
  })
}
