/** Members and root peers in this process, on a local DHT. */
import pino from 'pino'
import { Bridge, type Reply } from '../../src-main/bridge/bridge.js'
import type { MangroveNode } from '../../src-main/node/mangrove-node.js'
import { openMemberNode } from '../../src-main/node/member-node.js'
import { openRootPeerNode } from '../../src-main/node/root-peer-node.js'
import { encodeKey } from '../../src-main/protocol/ids.js'
import type {
  CommandArgs,
  CommandName,
  CommandResult,
  MessageView,
  RoomView
} from '../../src-preload/contract/index.js'
import { eventually } from './eventually.js'
import type { LocalDht } from './local-dht.js'
import { type Teardown, tempDir, withTest } from './temp.js'

export class TestNode {
  #bridge: Bridge | null = null

  constructor(
    readonly node: MangroveNode,
    readonly storage: string
  ) {}

  get key(): string {
    return encodeKey(this.node.publicKey)
  }

  async call<Name extends CommandName>(name: Name, args: CommandArgs<Name>): Promise<CommandResult<Name>> {
    const handler = this.node.handlers[name]
    if (!handler) throw new Error(`no ${name} here`)
    return handler(args)
  }

  /** As a carrier asks: arguments are checked, and what fails is a reply with a code. */
  ask(command: string, args: unknown = {}): Promise<Reply> {
    this.#bridge ??= new Bridge(this.node, pino({ level: 'silent' }))
    return this.#bridge.call(command, args)
  }

  /** The code of the error that this command answers, null if it answers with a result. */
  async codeOf(command: string, args: unknown = {}): Promise<string | null> {
    const reply = await this.ask(command, args)
    return 'error' in reply ? reply.error.code : null
  }

  async room(roomId: string): Promise<RoomView | undefined> {
    const { rooms } = await this.call('rooms.list', {})
    return rooms.find((room) => room.roomId === roomId)
  }

  async texts(roomId: string): Promise<string[]> {
    const { messages } = await this.call('messages.page', { roomId, limit: 200 })
    return messages.map(({ text }) => text).reverse()
  }

  /** Every message of the room, oldest first. */
  async history(roomId: string): Promise<MessageView[]> {
    const all: MessageView[] = []
    let before: string | undefined
    do {
      const page: CommandResult<'messages.page'> = await this.call('messages.page', { roomId, before, limit: 200 })
      all.push(...page.messages)
      before = page.next
    } while (before)
    return all.reverse()
  }

  /** Asks again at each event of the node until `holds`. */
  async until(holds: () => Promise<boolean> | boolean, what = 'it'): Promise<void> {
    await eventually(async () => (await holds()) || null, 30_000, what)
  }

  close(): Promise<void> {
    return this.node.close()
  }
}

export interface NodeSetup {
  readonly storage?: string
  readonly teardown?: Teardown
}

export async function member(dht: LocalDht, name: string | null, setup: NodeSetup = {}): Promise<TestNode> {
  const { teardown = withTest, storage = tempDir(teardown) } = setup
  const logger = pino({ level: process.env.MANGROVE_LOG ?? 'silent' })
  const node = await openMemberNode({ storage, bootstrap: dht.bootstrap, bind: '127.0.0.1', logger })
  teardown(() => node.close())
  const test = new TestNode(node, storage)
  if (name) await test.call('account.create', { name })
  return test
}

export async function rootPeer(dht: LocalDht, setup: NodeSetup = {}): Promise<TestNode> {
  const { teardown = withTest, storage = tempDir(teardown) } = setup
  const logger = pino({ level: process.env.MANGROVE_LOG ?? 'silent' })
  const node = await openRootPeerNode({ storage, bootstrap: dht.bootstrap, bind: '127.0.0.1', logger })
  teardown(() => node.close())
  return new TestNode(node, storage)
}
