/** What is in the demo's room when a person first looks: two accounts, a root peer that keeps it, a little talk. */
import type { CommandInput, CommandName, CommandResult } from '../../../src-preload/contract/index.js'
import type { Bridge } from '../../bridge/bridge.js'
import { MangroveError } from '../../lib/errors.js'

const ROOM = 'Community garden'

/** [who, what], in order. */
const TALK: [0 | 1, string][] = [
  [0, 'The seeds came today: beans, chard, and the sweet peas you asked for.'],
  [1, 'Oh good. I can dig over the bed by the wall on Saturday, if the ground has dried by then.'],
  [0, "It should. I'll bring the long fork and what is left of the compost."],
  [1, 'Who has the key to the shed?'],
  [0, 'Noor had it last. I asked her to leave it with the neighbours at number 14, they are home until six.'],
  [0, 'If it rains we meet in the kitchen instead and plan the autumn beds.'],
  [1, 'Kitchen sounds fine either way. See you on Saturday!']
]

export class DemoPerson {
  constructor(
    readonly name: string,
    readonly bridge: Bridge
  ) {}

  async call<Name extends CommandName>(command: Name, args: CommandInput<Name>): Promise<CommandResult<Name>> {
    const reply = await this.bridge.call(command, args)
    if ('error' in reply) throw new MangroveError(reply.error.code, reply.error.message)
    return reply.result as CommandResult<Name>
  }

  /** Asks now and after each event of the node, until it holds; rejects when the demo ends before. */
  until(holds: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const look = () => void holds().then((held) => held && resolve(), reject)
    const unsubscribe = this.bridge.subscribe(look)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    look()
    return promise.finally(unsubscribe)
  }
}

/** Does nothing where it was told before. */
export async function tellStory(ada: DemoPerson, ben: DemoPerson, rootPeer: string, signal: AbortSignal) {
  if (await hasAccount(ada)) return
  for (const person of [ada, ben]) await person.call('account.create', { name: person.name })
  const { roomId } = await ada.call('rooms.create', { name: ROOM })
  await ada.call('rootPeers.add', { key: rootPeer, roomId })
  const { link } = await ada.call('rooms.invite', { roomId })
  await ben.call('rooms.join', { link })
  await talk([ada, ben], roomId, signal)
}

/** One after the other: each waits until it has read what was said before. */
async function talk(people: [DemoPerson, DemoPerson], roomId: string, signal: AbortSignal): Promise<void> {
  for (const [index, [who, text]] of TALK.entries()) {
    await people[who].until(async () => (await countMessages(people[who], roomId)) === index, signal)
    await people[who].call('messages.send', { roomId, text })
  }
  for (const person of people) {
    await person.until(async () => (await countMessages(person, roomId)) === TALK.length, signal)
  }
}

async function countMessages(person: DemoPerson, roomId: string): Promise<number> {
  const { messages } = await person.call('messages.page', { roomId, limit: TALK.length + 1 })
  return messages.length
}

async function hasAccount(person: DemoPerson): Promise<boolean> {
  const reply = await person.bridge.call('account.get', {})
  return 'result' in reply
}
