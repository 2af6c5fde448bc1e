/** Chrome's debugging protocol over a pipe, as much of it as opening a window needs: JSON with a NUL after each. */
import type { Duplex } from 'node:stream'

export interface Target {
  targetId: string
  type: string
}

type EventName = 'Target.targetCreated' | 'Target.targetDestroyed'

interface Message {
  id?: number
  method?: string
  params?: { targetInfo?: Target; targetId?: string }
  result?: { sessionId?: string }
}

const NUL = '\0'

export class DevtoolsPipe {
  private readonly listeners = new Map<string, (target: Target) => void>()
  private readonly attaching = new Map<number, (sessionId: string) => void>()
  private readonly targets = new Map<string, Target>()
  private unread = ''
  private nextId = 1

  constructor(
    read: Duplex,
    private readonly write: Duplex
  ) {
    read.setEncoding('utf8').on('data', (text: string) => this.take(text))
    // The browser is gone; its exit is what counts.
    for (const end of [read, write]) end.on('error', () => undefined)
  }

  /** How many windows and tabs there are. */
  get pages(): number {
    return [...this.targets.values()].filter(({ type }) => type === 'page').length
  }

  on(event: EventName, listener: (target: Target) => void): void {
    this.listeners.set(event, listener)
  }

  /** Answers are not waited for: what does not happen shows in the window. */
  send(method: string, params: object = {}, sessionId?: string): number {
    const id = this.nextId++
    if (this.write.writable) this.write.write(JSON.stringify({ id, method, params, sessionId }) + NUL)
    return id
  }

  attach(targetId: string, attached: (sessionId: string) => void): void {
    this.attaching.set(this.send('Target.attachToTarget', { targetId, flatten: true }), attached)
  }

  private take(text: string): void {
    const messages = (this.unread + text).split(NUL)
    this.unread = messages.pop() ?? ''
    for (const message of messages) this.handle(JSON.parse(message))
  }

  private handle({ id, method, params, result }: Message): void {
    if (id !== undefined && result?.sessionId) this.attaching.get(id)?.(result.sessionId)
    const target = this.remember(method, params)
    if (method && target) this.listeners.get(method)?.(target)
  }

  private remember(method: string | undefined, params: Message['params']): Target | undefined {
    if (method === 'Target.targetCreated' && params?.targetInfo) {
      this.targets.set(params.targetInfo.targetId, params.targetInfo)
      return params.targetInfo
    }
    if (method !== 'Target.targetDestroyed' || !params?.targetId) return undefined
    const target = this.targets.get(params.targetId)
    this.targets.delete(params.targetId)
    return target
  }
}
