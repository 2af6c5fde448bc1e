/**
 * The one place that runs a node until it is told to stop: SIGTERM or SIGINT stop intake, close everything in
 * reverse and end with 0. Closing that takes longer than ten seconds is cut short; nothing saved depends on it.
 */
import type { Logger } from '../../lib/logger.js'
import { reportFailure } from './report.js'

const HARD_EXIT_MS = 10_000
const SIGNALS: NodeJS.Signals[] = ['SIGTERM', 'SIGINT']

export interface Closable {
  close(): Promise<void> | void
}

export class Lifetime {
  private readonly closers: { name: string; resource: Closable }[] = []
  private readonly stop = new AbortController()

  constructor(private readonly logger: Logger) {}

  /** Aborted when the process was told to stop. */
  get signal(): AbortSignal {
    return this.stop.signal
  }

  /** Closes it later, before what was opened earlier; at once when the stop has come meanwhile. */
  own<T extends Closable>(name: string, resource: T): T {
    this.closers.push({ name, resource })
    this.signal.throwIfAborted()
    return resource
  }

  /** Resolves when the work is done or the stop has come. */
  async unlessStopped(work: Promise<unknown>): Promise<void> {
    await Promise.race([work, this.stopped()])
    this.signal.throwIfAborted()
  }

  /** Stops as a signal does. */
  end(): void {
    this.beginStop()
  }

  /** Starts, prints the last line, waits for the stop, closes, ends the process. */
  async run(start: () => Promise<string>): Promise<never> {
    this.listen()
    try {
      process.stdout.write(`${await start()}\n`)
      await this.stopped()
    } catch (thrown) {
      if (!this.signal.aborted) reportFailure(thrown, this.logger)
    }
    this.beginStop()
    await this.close()
    process.exit()
  }

  private listen(): void {
    // A second signal changes nothing: a terminal and a parent may both send one.
    for (const signal of SIGNALS) process.on(signal, () => this.beginStop())
    // Who read our output may go away; the node stays.
    process.stdout.on('error', () => undefined)
    process.on('unhandledRejection', (err) => this.logger.error({ err }, 'unhandled rejection'))
    process.on('uncaughtException', (err) => this.fail(err))
  }

  /** After an uncaught exception the state is unknown: close in order and say so by the exit code. */
  private fail(err: Error): void {
    this.logger.fatal({ err }, 'uncaught exception')
    process.exitCode = 1
    this.beginStop()
  }

  private beginStop(): void {
    if (this.signal.aborted) return
    this.stop.abort()
    setTimeout(() => this.hardExit(), HARD_EXIT_MS).unref()
  }

  private hardExit(): void {
    this.logger.error('closing took too long')
    process.exit(1)
  }

  private stopped(): Promise<void> {
    if (this.signal.aborted) return Promise.resolve()
    return new Promise((resolve) => this.signal.addEventListener('abort', () => resolve(), { once: true }))
  }

  private async close(): Promise<void> {
    for (const { name, resource } of this.closers.splice(0).reverse()) {
      try {
        await resource.close()
      } catch (err) {
        this.logger.error({ err, name }, 'failed to close')
      }
    }
  }
}
