/** One instance for each userData: a file with the owner's process id, and a socket on which later ones say hello. */
import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

export class InstanceLock {
  private readonly file: string
  private readonly socket: string
  private server: Server | null = null
  private saying: Promise<void> = Promise.resolve()
  private heard: (argv: string[]) => void = () => undefined

  constructor(userData: string) {
    const name = `double-${createHash('sha256').update(userData).digest('hex').slice(0, 16)}`
    this.file = join(userData, 'double.lock')
    this.socket = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`)
  }

  onSecond(heard: (argv: string[]) => void): void {
    this.heard = heard
  }

  /** False when another process has it; that one then hears our arguments. */
  take(): boolean {
    if (isAlive(this.owner())) {
      this.saying = this.sayHello()
      return false
    }
    writeFileSync(this.file, String(process.pid))
    this.listen()
    return true
  }

  async close(): Promise<void> {
    await this.saying
    if (!this.server) return
    this.server.close()
    rmSync(this.file, { force: true })
  }

  private listen(): void {
    if (process.platform !== 'win32') rmSync(this.socket, { force: true })
    this.server = createServer((socket) => {
      void text(socket).then((argv) => this.heard(JSON.parse(argv)))
    }).listen(this.socket)
    this.server.unref()
  }

  private sayHello(): Promise<void> {
    return new Promise((resolve) => {
      const socket = connect(this.socket, () => socket.end(JSON.stringify(process.argv)))
      socket.once('close', () => resolve())
      socket.on('error', () => resolve())
    })
  }

  private owner(): number {
    try {
      return Number(readFileSync(this.file, 'utf8'))
    } catch {
      return 0
    }
  }
}

function isAlive(pid: number): boolean {
  if (pid <= 0 || pid === process.pid) return false
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
