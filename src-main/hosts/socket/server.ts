/**
 * The profile's local socket: one JSON object a line, `{id, command, args}` in, `{id, result}` or `{id, error}` out.
 * Only the process that holds the profile's lock may listen: it removes a socket that a killed one left behind.
 */
import { chmodSync, lstatSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { basename, dirname } from 'node:path'
import type { Bridge } from '../../bridge/bridge.js'
import { MangroveError } from '../../lib/errors.js'
import { makeFolder } from '../../lib/folders.js'
import type { Logger } from '../../lib/logger.js'
import { SocketConnection } from './connection.js'
import { SOCKET_NAME, socketPaths } from './paths.js'

export class SocketServer {
  private readonly server: Server
  private readonly connections = new Set<SocketConnection>()
  private closing: Promise<void> | null = null

  private constructor(
    readonly path: string,
    private readonly bridge: Bridge,
    private readonly logger: Logger
  ) {
    this.server = createServer((socket) => this.accept(socket))
  }

  /** Resolves when it answers. Must hold the profile's lock. */
  static async listen(storage: string, bridge: Bridge, logger: Logger): Promise<SocketServer> {
    const [path] = socketPaths(storage)
    if (!path) throw new MangroveError('STORAGE_UNWRITABLE', 'There is no short enough path for the local socket.')
    const server = new SocketServer(path, bridge, logger)
    try {
      if (!isPipe(path)) prepare(path)
      await server.open()
    } catch (cause) {
      if (cause instanceof MangroveError) throw cause
      throw new MangroveError('STORAGE_UNWRITABLE', `The local socket ${path} could not be opened.`, { cause })
    }
    return server
  }

  /** Stops listening, lets running commands answer, removes the socket. Idempotent. */
  close(): Promise<void> {
    this.closing ??= this.stop()
    return this.closing
  }

  private async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()))
    await Promise.all([...this.connections].map((connection) => connection.end()))
    await closed
  }

  private async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(this.path, resolve)
    })
    this.server.removeAllListeners('error')
    this.server.on('error', (err) => this.logger.warn({ err }, 'local socket'))
    if (!isPipe(this.path)) chmodSync(this.path, 0o600)
  }

  private accept(socket: Socket): void {
    const connection = new SocketConnection(socket, this.bridge)
    this.connections.add(connection)
    socket.once('close', () => this.connections.delete(connection))
  }
}

function isPipe(path: string): boolean {
  return path.startsWith('\\\\')
}

/** No stale socket in the folder, and a folder outside of the profile is this user's alone. */
function prepare(path: string): void {
  if (basename(path) !== SOCKET_NAME) preparePrivateFolder(dirname(path))
  const there = lstatSync(path, { throwIfNoEntry: false })
  if (!there) return
  if (!there.isSocket()) throw new MangroveError('STORAGE_UNWRITABLE', `${path} is in the way and is not a socket.`)
  rmSync(path)
}

function preparePrivateFolder(folder: string): void {
  makeFolder(folder)
  const { uid, mode } = lstatSync(folder)
  if (uid === process.getuid?.() && (mode & 0o077) === 0) return
  throw new MangroveError('STORAGE_UNWRITABLE', `${folder} is open to other users; remove it.`)
}
