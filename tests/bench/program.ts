/** A process that answers questions: `serve` in the process, `Program` in whoever started it. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

type Methods = { readonly [name: string]: (args: never) => unknown }

/** The type of a program's methods as its starter calls them. */
export type Asks<M extends Methods> = {
  [Name in keyof M]: (...args: Parameters<M[Name]>) => Promise<Awaited<ReturnType<M[Name]>>>
}

interface Question {
  readonly id: number
  readonly name: string
  readonly args: unknown
}

interface Answer {
  readonly id: number
  readonly result?: unknown
  readonly error?: string
}

/** Answers the parent until it hangs up. */
export function serve(methods: Methods): void {
  process.on('message', (question: Question) => void answer(methods, question))
  process.on('disconnect', () => process.exit())
}

async function answer(methods: Methods, { id, name, args }: Question): Promise<void> {
  try {
    const result = await methods[name]?.(args as never)
    process.send?.({ id, result } satisfies Answer)
  } catch (error) {
    process.send?.({ id, error: (error as Error).stack ?? String(error) } satisfies Answer)
  }
}

export class Program<M extends Methods> {
  readonly child: ChildProcess
  /** `program.ask.push({…})` runs `push` over there. */
  readonly ask: Asks<M>
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>()
  #questions = 0

  constructor(name: string, env: NodeJS.ProcessEnv, flags: string[]) {
    const file = resolve(import.meta.dirname, `${name}.js`)
    this.child = fork(file, [], { env: { ...process.env, ...env }, execArgv: flags, serialization: 'advanced' })
    this.child.on('message', (answer: Answer) => this.#onAnswer(answer))
    this.child.on('exit', (code) => this.#onExit(`${name} ended with ${code}`))
    this.ask = new Proxy({} as Asks<M>, { get: (_, method) => (args: unknown) => this.#ask(String(method), args) })
  }

  get pid(): number {
    return this.child.pid as number
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const exit = once(this.child, 'exit')
    this.child.disconnect()
    await exit
  }

  #ask(name: string, args: unknown): Promise<unknown> {
    const id = this.#questions++
    const waiting = Promise.withResolvers<unknown>()
    this.#waiting.set(id, waiting)
    this.child.send({ id, name, args } satisfies Question)
    return waiting.promise
  }

  #onAnswer({ id, result, error }: Answer): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error === undefined) waiting?.resolve(result)
    else waiting?.reject(new Error(error))
  }

  #onExit(reason: string): void {
    for (const waiting of this.#waiting.values()) waiting.reject(new Error(reason))
    this.#waiting.clear()
  }
}
