/** What people do with Mangrove, for every host alike: real processes, a real page, a DHT of this machine. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { type LocalDht, openLocalDht } from '../../src-main/node/local-dht.js'
import { spawnMangrove } from '../helpers/spawn-mangrove.js'
import { tempDir, withTest } from '../helpers/temp.js'
import type { Host, Running } from './hosts.js'
import { Person } from './person.js'

const ROOM = 'Field kitchen'

/** A private network; gone with the test. */
async function network(port?: number): Promise<LocalDht & { flag: string }> {
  const dht = await openLocalDht(port)
  withTest(() => dht.close())
  return { ...dht, flag: dht.bootstrap.map(({ host, port }) => `${host}:${port}`).join(',') }
}

/** Keeps a port so that nobody else answers on it meanwhile; returns what gives it free. */
async function keepSilent(port: number): Promise<() => Promise<void>> {
  const socket = createSocket('udp4').bind(port, '127.0.0.1')
  await once(socket, 'listening')
  let isOpen = true
  const close = async () => {
    if (!isOpen) return
    isOpen = false
    await new Promise<void>((closed) => socket.close(closed))
  }
  withTest(close)
  return close
}

const rootArgs = (flag: string) => ['root-peer', '--bootstrap', flag, '--bind', '127.0.0.1']

/** Somebody with a profile, who can leave and come back. */
class Seat extends Person {
  private constructor(
    private readonly host: Host,
    readonly storage: string,
    private readonly bootstrap: string,
    private readonly running: Running
  ) {
    super(running.page)
  }

  static async take(host: Host, bootstrap: string, storage = tempDir()): Promise<Seat> {
    return new Seat(host, storage, bootstrap, await host.start(storage, bootstrap))
  }

  leave(): Promise<unknown> {
    return this.running.stop()
  }

  comeBack(): Promise<Seat> {
    return Seat.take(this.host, this.bootstrap, this.storage)
  }
}

export function describeApp(host: Host): void {
  describe(`Mangrove on ${host.name}`, () => {
    it('lets two people meet by an invite and talk both ways', async () => {
      const { flag } = await network()
      const [alice, bob] = await Promise.all([Seat.take(host, flag), Seat.take(host, flag)])
      await alice.begin('Alice')
      await bob.begin('Bob')
      await alice.startRoom(ROOM)
      await alice.say(ROOM, 'The beans are in.')
      await bob.join(await alice.invite(), ROOM)
      await bob.reads('The beans are in.')
      await bob.say(ROOM, 'Then I bring the pots.')
      await alice.reads('Then I bring the pots.')
      await alice.sees('The beans are in.', 'received')
    })

    it('keeps what was written for who was away: saved, stored, received', async () => {
      const { flag } = await network()
      const rootPeer = await spawnMangrove(rootArgs(flag))
      const alice = await Seat.take(host, flag)
      await alice.begin('Alice')
      await alice.startRoom(ROOM)
      await alice.say(ROOM, 'Nobody is here yet.')
      await alice.sees('Nobody is here yet.', 'saved')
      await alice.addRootPeer(rootPeer.publicKey)
      await alice.sees('Nobody is here yet.', 'stored')
      const link = await alice.invite()
      await alice.leave()
      const bob = await Seat.take(host, flag)
      await bob.begin('Bob')
      await bob.join(link, ROOM)
      await bob.reads('Nobody is here yet.')
      await bob.say(ROOM, 'I am, now.')
      await bob.sees('I am, now.', 'stored')
      await bob.leave()
      const again = await alice.comeBack()
      await again.open(ROOM)
      await again.reads('I am, now.')
      await again.sees('Nobody is here yet.', 'received')
    })

    it('says when it is offline, saves meanwhile, and sends by itself when it is back', async () => {
      const dht = await network()
      const rootPeer = await spawnMangrove(rootArgs(dht.flag))
      const before = await Seat.take(host, dht.flag)
      await before.begin('Alice')
      await before.startRoom(ROOM)
      await before.addRootPeer(rootPeer.publicKey)
      await before.say(ROOM, 'Before.')
      await before.sees('Before.', 'stored')
      await before.leave()
      await rootPeer.kill()
      await dht.close()
      const port = dht.bootstrap[0]?.port ?? 0
      const silence = await keepSilent(port)
      const alice = await before.comeBack()
      const offline = alice.page.getByText('You are offline. What you write is saved here')
      await offline.waitFor({ timeout: 90_000 })
      await alice.open(ROOM)
      await alice.say(ROOM, 'Meanwhile.')
      await alice.sees('Meanwhile.', 'saved')
      await silence()
      await network(port)
      await spawnMangrove(rootArgs(dht.flag), { storage: rootPeer.storage })
      await offline.waitFor({ state: 'hidden', timeout: 90_000 })
      await alice.sees('Meanwhile.', 'stored')
    }, 240_000)

    it('says so when an invite is broken, and joins nothing', async () => {
      const { flag } = await network()
      const alice = await Seat.take(host, flag)
      await alice.begin('Alice')
      await alice.startRoom(ROOM)
      const link = await alice.invite()
      const bob = await Seat.take(host, flag)
      await bob.begin('Bob')
      await bob.page.getByRole('textbox', { name: 'Invite' }).fill(link.slice(0, -9))
      await bob.page.getByText('This is not a whole invite.').waitFor()
      expect(await bob.dialog().count()).toBe(0)
      await bob.page.getByRole('heading', { name: 'Start a room, or join one' }).waitFor()
    })

    it('can be used by keyboard alone', async () => {
      const { flag } = await network()
      const alice = await Seat.take(host, flag)
      const { keyboard } = alice.page
      await alice.page.getByRole('textbox', { name: 'Your name' }).waitFor()
      await keyboard.type('Alice')
      await keyboard.press('Enter')
      await alice.page.getByRole('heading', { name: 'Start a room, or join one' }).waitFor()
      await tabTo(alice, 'Start a room')
      await keyboard.press('Enter')
      await alice.dialog().getByRole('textbox', { name: 'Its name' }).waitFor()
      await keyboard.type(ROOM)
      await keyboard.press('Enter')
      await alice.composer(ROOM).waitFor()
      await alice.page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
      await keyboard.type('One line')
      await keyboard.press('Shift+Enter')
      await keyboard.type('and another.')
      await keyboard.press('Enter')
      await alice.reads('One line')
      expect(await alice.composer(ROOM).inputValue()).toBe('')
      await tabTo(alice, 'Invite')
      await keyboard.press('Enter')
      await alice.dialog().waitFor()
      await keyboard.press('Escape')
      await alice.dialog().waitFor({ state: 'hidden' })
    })
  })
}

/** Presses Tab until the button is reached, at most once around the page. */
async function tabTo(person: Person, name: string): Promise<void> {
  const focused = () =>
    person.page.evaluate(() => {
      const { activeElement: at } = document
      return at?.getAttribute('aria-label') ?? at?.textContent?.trim() ?? ''
    })
  for (let step = 0; step < 60; step++) {
    if ((await focused()) === name) return
    await person.page.keyboard.press('Tab')
  }
  throw new Error(`${name} cannot be reached by Tab`)
}
