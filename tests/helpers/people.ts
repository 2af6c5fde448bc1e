/** People and a root peer on one private DHT, as real processes: stopped, killed, started again and asked. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { SocketClient } from '../../src-main/hosts/socket/client.js'
import type { CommandInput, CommandName, CommandResult, MessageView } from '../../src-preload/contract/index.js'
import { eventually } from './eventually.js'
import { type LocalDht, localDht } from './local-dht.js'
import { launchMangrove, type MangroveProcess, type SpawnOptions } from './spawn-mangrove.js'
import { type Teardown, tempDir, withTest } from './temp.js'

const PATIENCE_MS = 45_000
const PAGE = 200

/** One profile and the process that owns it, if it runs. */
export class Person {
  #process: MangroveProcess | null = null
  #client: SocketClient | null = null

  constructor(
    readonly role: 'serve' | 'root-peer',
    readonly storage: string,
    private readonly dht: LocalDht,
    private readonly options: SpawnOptions
  ) {}

  get process(): MangroveProcess {
    if (!this.#process) throw new Error('this person is not running')
    return this.#process
  }

  get isRunning(): boolean {
    return this.#process?.isRunning ?? false
  }

  get publicKey(): string {
    return this.process.publicKey
  }

  async start(): Promise<this> {
    await this.#launch().started()
    return this
  }

  /** SIGKILL while it starts. */
  async startAndKill(afterMs: number): Promise<void> {
    this.#launch()
    await sleep(afterMs)
    await this.kill()
  }

  /** SIGTERM, and a clean end. */
  async stop(): Promise<void> {
    this.#hangUp()
    const code = await this.process.stop()
    if (code !== 0) throw new Error(`ended with ${code}: ${this.process.stderr}`)
  }

  async kill(): Promise<void> {
    this.#hangUp()
    await this.process.kill()
  }

  async restart(): Promise<void> {
    await this.stop()
    await this.start()
  }

  /** Removes files and folders of the profile; it must not run. */
  forget(names: readonly string[]): void {
    for (const name of names) rmSync(join(this.storage, name), { recursive: true, force: true })
  }

  /** `mangrove call`, in a process of its own as a person would. */
  call<Name extends CommandName>(command: Name, args: CommandInput<Name>): Promise<CommandResult<Name>> {
    return this.process.call(command, args)
  }

  /** The same over one connection that stays, for everything that is asked again and again. */
  async ask<Name extends CommandName>(command: Name, args: CommandInput<Name>): Promise<CommandResult<Name>> {
    this.#client ??= await SocketClient.connect(this.storage)
    return (await this.#client.call(command, args)) as CommandResult<Name>
  }

  send(roomId: string, text: string): Promise<{ messageId: string }> {
    return this.ask('messages.send', { roomId, text })
  }

  /** One after the other, so that the order is known. Returns the texts. */
  async sendAll(roomId: string, prefix: string, count: number): Promise<string[]> {
    const texts = numbered(prefix, count)
    for (const text of texts) await this.send(roomId, text)
    return texts
  }

  /** Every message of the room, oldest first. */
  async history(roomId: string): Promise<MessageView[]> {
    const all: MessageView[] = []
    let before: string | undefined
    do {
      const page: CommandResult<'messages.page'> = await this.ask('messages.page', { roomId, before, limit: PAGE })
      all.push(...page.messages)
      before = page.next
    } while (before)
    return all.reverse()
  }

  async texts(roomId: string): Promise<string[]> {
    return (await this.history(roomId)).map(({ text }) => text)
  }

  async until(holds: () => Promise<boolean>, what: string): Promise<void> {
    await eventually(holds, PATIENCE_MS, what)
  }

  /** Waits until at least these texts are here; a test then compares all of them, so that doubles show. */
  async untilHas(roomId: string, texts: readonly string[]): Promise<void> {
    let missing: string[] = []
    const hasAll = async () => {
      const here = new Set(await this.texts(roomId))
      missing = texts.filter((text) => !here.has(text))
      return missing.length === 0
    }
    await this.until(hasAll, 'messages').catch((cause) => {
      throw new Error(`${missing.length} of ${texts.length} never came: ${missing.slice(0, 5).join(', ')}`, { cause })
    })
  }

  /** Waits until all own messages are at least this far. */
  async untilAll(roomId: string, state: 'stored' | 'received'): Promise<void> {
    const far = state === 'stored' ? ['stored', 'received'] : ['received']
    const all = async () =>
      (await this.history(roomId)).every((message) => !message.state || far.includes(message.state))
    await this.until(all, `all own messages ${state}`)
  }

  /** Waits until the room's root peers all hold everything that is here. */
  async untilHeld(roomId: string): Promise<void> {
    await this.until(async () => {
      const room = await this.room(roomId)
      return room !== undefined && room.rootPeers.length > 0 && room.rootPeers.every(({ holdsAll }) => holdsAll)
    }, 'the root peer to hold all')
  }

  async room(roomId: string): Promise<CommandResult<'rooms.list'>['rooms'][number] | undefined> {
    const { rooms } = await this.ask('rooms.list', {})
    return rooms.find((room) => room.roomId === roomId)
  }

  async untilRootPeer(state: 'connected' | 'unreachable'): Promise<void> {
    await this.until(async () => {
      const { rootPeers } = await this.ask('rootPeers.list', {})
      return rootPeers.length > 0 && rootPeers.every((rootPeer) => rootPeer.state === state)
    }, `a ${state} root peer`)
  }

  #launch(): MangroveProcess {
    const args = [this.role, '--bootstrap', this.dht.flag, '--bind', '127.0.0.1']
    this.#process = launchMangrove(args, { ...this.options, storage: this.storage })
    return this.#process
  }

  #hangUp(): void {
    this.#client?.close()
    this.#client = null
  }
}

/** Where people meet. */
export class Village {
  private constructor(
    readonly dht: LocalDht,
    private readonly teardown: Teardown
  ) {}

  static async open(teardown: Teardown = withTest): Promise<Village> {
    return new Village(await localDht(teardown), teardown)
  }

  /** A running member with an account. */
  async member(name: string, options: SpawnOptions = {}): Promise<Person> {
    const person = await this.person('serve', options).start()
    await person.ask('account.create', { name })
    return person
  }

  async rootPeer(options: SpawnOptions = {}): Promise<Person> {
    return this.person('root-peer', options).start()
  }

  /** Not started yet; with the storage of somebody else's profile, its next owner. */
  person(role: 'serve' | 'root-peer', options: SpawnOptions = {}): Person {
    const { teardown = this.teardown, storage = tempDir(teardown) } = options
    return new Person(role, storage, this.dht, { ...options, teardown })
  }
}

/** A room of this person that the root peer keeps, and the link into it. */
export async function keptRoom(person: Person, rootPeer: Person, name = 'Garden') {
  await person.ask('rootPeers.add', { key: rootPeer.publicKey })
  const { roomId } = await person.ask('rooms.create', { name })
  const { link } = await person.ask('rooms.invite', { roomId })
  return { roomId, link }
}

export function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix} ${i + 1}`)
}
