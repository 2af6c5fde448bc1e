/** How a test sees and moves the double: calls without an effect are recorded, events of the system can be made. */

export interface RecordedCall {
  name: string
  args: unknown[]
}

type Action = (...args: never[]) => unknown

const calls: RecordedCall[] = []
const actions = new Map<string, Action>()

export function record(name: string, ...args: unknown[]): void {
  calls.push({ name, args: args.map((arg) => (typeof arg === 'function' ? 'function' : arg)) })
}

/** Gives tests a command. */
export function offer(name: string, action: Action): void {
  actions.set(name, action)
}

offer('calls', () => calls)

/** In a test's own process the channel belongs to the runner. */
const isAlone = process.env.ELECTRON_DOUBLE_CONTROL === '1'

/** Tells the test something without being asked. */
export function tell(news: Record<string, unknown>): void {
  if (isAlone) process.send?.(news)
}

async function act({ id, name, args }: { id: number; name: string; args: never[] }): Promise<void> {
  try {
    tell({ id, result: await actions.get(name)?.(...args) })
  } catch (error) {
    tell({ id, error: String(error) })
  }
}

if (isAlone) {
  process.on('message', (message: Parameters<typeof act>[0]) => void act(message))
  // The test going away does not end an application, and waiting for it does not keep one.
  process.channel?.unref()
}
