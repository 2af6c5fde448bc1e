import { expect, test } from 'vitest'
import { hex } from '../../../src-main/protocol/bytes.js'
import type { NoiseKey } from '../../../src-main/protocol/ids.js'
import type { Connection } from '../../../src-main/protocol/ports.js'
import { createGrant } from '../../../src-main/protocol/root-peer-messages.js'
import { type Answer, RootPeerSession, type SessionService } from '../../../src-main/root-peer/root-peer-session.js'
import { RootPeerClient } from '../../../src-main/root-peer-client/root-peer-client.js'
import { fakeNetwork } from '../../helpers/fake-network.js'
import { ManualClock } from '../../helpers/manual-clock.js'
import { silentLogger } from '../../helpers/network.js'
import { connectionPair } from '../../helpers/replicas.js'
import { DAY, heard, newRoom } from '../../helpers/root-peer.js'

function setUp() {
  const [clock, network] = [new ManualClock(), fakeNetwork()]
  const client = new RootPeerClient({ network, logger: silentLogger, clock, random: () => 0 })
  const room = newRoom()
  const wish = { roomId: room.roomId, grant: () => createGrant(room.roomId, room.signing, clock.now() + 365 * DAY) }
  return { clock, network, client, room, wish }
}

/** A root peer on the other side of a connection that answers as told; `asked` is what it was asked. */
async function scriptedRootPeer(script: Partial<Pick<SessionService, 'register' | 'want'>>) {
  const [ours, theirs] = await connectionPair()
  const asked: string[] = []
  const session = new RootPeerSession(theirs, {
    publicKey: ours.remoteKey,
    announcement: { version: 1, capabilities: 1, limits: { rooms: 1, roomBytes: 1, logBytes: 1 } },
    register: (request) => {
      asked.push('register')
      return script.register?.(request) ?? { roomId: request.grant.roomId, expiresAt: request.grant.expiresAt }
    },
    want: (roomId) => {
      asked.push('want')
      return script.want?.(roomId) ?? { roomId, code: 'UNKNOWN_ROOM' }
    },
    serve: async () => {},
    failed: () => {}
  })
  return { ours, theirs, session, asked, key: ours.remoteKey }
}

function reaches(client: RootPeerClient, key: NoiseKey, state: string): Promise<unknown> {
  return client.state(key) === state ? Promise.resolve() : heard(client, 'state', () => client.state(key) === state)
}

function disconnect(connection: Connection): Promise<void> {
  const closed = new Promise<void>((resolve) => connection.onClose(resolve))
  connection.close()
  return closed
}

test('a root peer is kept connected from the first room wanted to the last one let go', () => {
  const { client, network, wish } = setUp()
  const key = Buffer.alloc(32, 1)
  client.want(key, wish)
  client.want(key, { ...wish, roomId: Buffer.alloc(32, 9) })
  expect([...network.kept]).toEqual([hex(key)])
  client.unwant(key, wish.roomId)
  client.unwant(key, wish.roomId)
  expect(network.kept.size).toBe(1)
  client.unwant(key, Buffer.alloc(32, 9))
  expect(network.kept.size).toBe(0)
})

test('it is unreachable after 15 s without a channel, and again 15 s after it was lost', async () => {
  const { client, clock, wish } = setUp()
  const root = await scriptedRootPeer({})
  client.want(root.key, wish)
  clock.advance(14_999)
  expect(client.state(root.key)).toBe('connecting')
  clock.advance(1)
  expect(client.state(root.key)).toBe('unreachable')
  client.attach(root.ours)
  await heard(client, 'registered')
  expect(client.state(root.key, wish.roomId)).toBe('connected')
  await disconnect(root.ours)
  await reaches(client, root.key, 'connecting')
  clock.advance(15_000)
  expect(client.state(root.key)).toBe('unreachable')
})

test('a refused room is asked for again, ever more seldom', async () => {
  const { client, clock, wish } = setUp()
  const root = await scriptedRootPeer({ register: ({ grant }) => ({ roomId: grant.roomId, code: 'FULL' }) })
  client.want(root.key, wish)
  const full = () => heard(client, 'refused', ({ code }) => code === 'FULL')
  const first = full()
  client.attach(root.ours)
  await first
  await reaches(client, root.key, 'refused')
  for (const minutes of [1, 5, 15, 60, 60]) {
    const again = full()
    clock.advance(minutes * 60_000 - 1)
    const before = root.asked.length
    clock.advance(1)
    await again
    expect(root.asked.length).toBe(before + 2)
  }
})

test('a channel that the root peer closed is opened again', async () => {
  const { client, clock, wish } = setUp()
  const root = await scriptedRootPeer({})
  client.want(root.key, wish)
  const registered = heard(client, 'registered')
  client.attach(root.ours)
  await registered
  const lost = reaches(client, root.key, 'connecting')
  root.session.close()
  await lost
  const back = await new Promise<Connection>((resolve) => {
    root.theirs.mux.pair({ protocol: 'mangrove/root-peer/1', id: root.key }, () => resolve(root.theirs))
    clock.advance(5_000)
  })
  expect(back).toBe(root.theirs)
})

test('a grant is renewed in time, also on a connection that lasts', async () => {
  const { client, clock, wish } = setUp()
  const root = await scriptedRootPeer({})
  client.want(root.key, wish)
  const registered = heard(client, 'registered')
  client.attach(root.ours)
  const { expiresAt } = await registered
  clock.advance(184 * DAY)
  expect(root.asked).toEqual(['want', 'register'])
  const renewed = heard(client, 'registered')
  clock.advance(2 * DAY)
  expect((await renewed).expiresAt).toBeGreaterThan(expiresAt + 180 * DAY)
})

test('a root peer that never grants a later expiry is not asked for ever', async () => {
  const { client, wish } = setUp()
  const soon = (roomId: Buffer): Answer => ({ roomId, expiresAt: 1 })
  const root = await scriptedRootPeer({ want: soon, register: ({ grant }) => soon(grant.roomId) })
  client.want(root.key, wish)
  let answers = 0
  const twice = heard(client, 'registered', () => ++answers === 2)
  client.attach(root.ours)
  await twice
  const other = newRoom()
  const third = heard(client, 'registered', ({ roomId }) => roomId.equals(other.roomId))
  client.want(root.key, { roomId: other.roomId, grant: wish.grant })
  await third
  expect(root.asked.slice(0, 3)).toEqual(['want', 'register', 'want'])
})

test('a grant that cannot be signed, or an answer about another room, breaks nothing', async () => {
  const { client, wish } = setUp()
  const stranger = Buffer.alloc(32, 5)
  const root = await scriptedRootPeer({ want: (roomId) => ({ roomId, code: 'UNKNOWN_ROOM' }) })
  const odd = newRoom()
  client.want(root.key, {
    roomId: odd.roomId,
    grant: () => {
      throw new Error('locked')
    }
  })
  client.want(root.key, wish)
  const registered = heard(client, 'registered')
  client.attach(root.ours)
  expect((await registered).roomId).toEqual(wish.roomId)
  expect(client.state(root.key, odd.roomId)).toBe('connecting')
  expect(client.state(root.key, stranger)).toBe('connecting')
})

test('after close nothing is wanted, told or left to run', async () => {
  const { client, clock, wish } = setUp()
  const root = await scriptedRootPeer({})
  client.want(root.key, wish)
  client.attach(root.ours)
  client.close()
  client.close()
  client.want(root.key, wish)
  client.attach(root.ours)
  expect(client.state(root.key)).toBe('unreachable')
  expect(clock.pending).toBe(0)
})
