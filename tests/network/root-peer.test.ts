import c from 'compact-encoding'
import { describe, expect, test } from 'vitest'
import { LogStore } from '../../src-main/log/log-store.js'
import type { Connection, MuxChannel } from '../../src-main/protocol/ports.js'
import { createGrant, encodeRegisterRoom, ROOT_PEER_PROTOCOL } from '../../src-main/protocol/root-peer-messages.js'
import { hurriedClock } from '../helpers/manual-clock.js'
import { connected, localDht, namedKeyPair, next, silentLogger, startNetwork } from '../helpers/network.js'
import { DAY, heard, newRoom, startMember, startRootPeer, wish } from '../helpers/root-peer.js'
import { tempDir } from '../helpers/temp.js'

describe('a root peer and a member', () => {
  test('a room is registered, and its replica meets the member in the room', async () => {
    const bootstrap = await localDht()
    const root = await startRootPeer(bootstrap)
    const member = await startMember(bootstrap)
    const room = newRoom()
    const logs = new LogStore({ folder: tempDir(), logger: silentLogger })
    const replica = await logs.openRoom(room.roomId, { load: () => [], save: () => {} })
    const met = new Promise<void>((resolve) => {
      replica.on('peers', ({ verified }) => {
        if (verified === 1) resolve()
      })
    })
    member.network.on('connection', (connection) => logs.attach(connection).pairRoom(replica))
    const registered = heard(member.client, 'registered')
    member.client.want(root.network.publicKey, wish(room))
    expect(member.client.state(root.network.publicKey)).toBe('connecting')
    expect((await registered).roomId).toEqual(room.roomId)
    await met
    expect(member.client.state(root.network.publicKey, room.roomId)).toBe('connected')
    expect(root.registry.room(room.roomId)?.registeredBy).toEqual(member.network.publicKey)
    await logs.close()
  })

  test('a new connection asks for the room, and nothing is registered twice', async () => {
    const bootstrap = await localDht()
    const root = await startRootPeer(bootstrap)
    const member = await startMember(bootstrap)
    let registrations = 0
    root.rootPeer.on('roomRegistered', () => registrations++)
    const first = heard(member.client, 'registered')
    member.client.want(root.network.publicKey, wish(newRoom()))
    await first
    const again = heard(member.client, 'registered')
    member.network.connectionTo(root.network.publicKey)?.close()
    await again
    expect(registrations).toBe(1)
  })

  test('a root peer that was stopped and started again still knows its rooms', async () => {
    const bootstrap = await localDht()
    const folder = tempDir()
    const network = { keyPair: namedKeyPair('root') }
    const before = await startRootPeer(bootstrap, { folder, network })
    const member = await startMember(bootstrap)
    const room = newRoom()
    const first = heard(member.client, 'registered')
    member.client.want(before.network.publicKey, wish(room))
    await first
    let refused = 0
    member.client.on('refused', () => refused++)
    const gone = heard(member.client, 'state', () => member.client.state(before.network.publicKey) === 'connecting')
    await before.stop()
    await gone
    const again = heard(member.client, 'registered')
    const after = await startRootPeer(bootstrap, { folder, network })
    await again
    expect(refused).toBe(0)
    expect(after.rootPeer.roomCount).toBe(1)
  })

  test('a root peer that lost its rooms gets them registered again, and the member is told that it holds nothing', async () => {
    const bootstrap = await localDht()
    const network = { keyPair: namedKeyPair('root') }
    const before = await startRootPeer(bootstrap, { network })
    const member = await startMember(bootstrap)
    const room = newRoom()
    const first = heard(member.client, 'registered')
    member.client.want(before.network.publicKey, wish(room))
    await first
    await before.stop()
    const [refused, again] = [heard(member.client, 'refused'), heard(member.client, 'registered')]
    const after = await startRootPeer(bootstrap, { network })
    expect((await refused).code).toBe('UNKNOWN_ROOM')
    await again
    expect(after.registry.room(room.roomId)).not.toBe(null)
  })

  test('a grant that runs out within 180 days is renewed, and the later expiry counts', async () => {
    const bootstrap = await localDht()
    const root = await startRootPeer(bootstrap)
    const room = newRoom()
    const [first, second] = [await startMember(bootstrap), await startMember(bootstrap)]
    const short = heard(first.client, 'registered')
    first.client.want(root.network.publicKey, wish(room, 30))
    await short
    const long = heard(second.client, 'registered', ({ expiresAt }) => expiresAt > Date.now() + 300 * DAY)
    second.client.want(root.network.publicKey, wish(room))
    const { expiresAt } = await long
    expect(root.registry.room(room.roomId)?.grant.expiresAt).toBe(expiresAt)
    const renewed = heard(first.client, 'registered')
    first.network.connectionTo(root.network.publicKey)?.close()
    expect((await renewed).expiresAt).toBe(expiresAt)
  })

  test('three hundred rooms on one root peer', async () => {
    const bootstrap = await localDht()
    const root = await startRootPeer(bootstrap, { limits: { newRoomsAtOnce: 300 } })
    const member = await startMember(bootstrap)
    const rooms = Array.from({ length: 300 }, newRoom)
    const all = Promise.all(
      rooms.map(({ roomId }) => heard(member.client, 'registered', (event) => event.roomId.equals(roomId)))
    )
    for (const room of rooms) member.client.want(root.network.publicKey, wish(room))
    await all
    expect(root.rootPeer.roomCount).toBe(300)
  })

  test('what is not wanted any more is let go', async () => {
    const bootstrap = await localDht()
    const root = await startRootPeer(bootstrap)
    const member = await startMember(bootstrap)
    const [one, other] = [newRoom(), newRoom()]
    const key = root.network.publicKey
    const both = [one, other].map(({ roomId }) =>
      heard(member.client, 'registered', (event) => event.roomId.equals(roomId))
    )
    member.client.want(key, wish(one))
    member.client.want(key, wish(other))
    await Promise.all(both)
    member.client.unwant(key, one.roomId)
    expect(member.client.state(key)).toBe('connected')
    member.client.confirm(key)
    member.client.unwant(key, other.roomId)
    expect(member.client.state(key)).toBe('connected')
    member.client.forget(key)
    expect(member.client.state(key)).toBe('unreachable')
    const gone = next(member.network, 'disconnection')
    member.network.connectionTo(key)?.close()
    await gone
    expect(member.network.connectionTo(key)).toBe(null)
  })
})

describe('a root peer refuses', () => {
  test('grants that are forged, expired or too long', async () => {
    const bootstrap = await localDht()
    const root = await startRootPeer(bootstrap)
    const member = await startMember(bootstrap)
    const [forged, expired, long] = [newRoom(), newRoom(), newRoom()]
    const codes = new Map<string, string>()
    const final = new Promise<void>((resolve) => {
      member.client.on('refused', ({ roomId, code }) => {
        if (code !== 'UNKNOWN_ROOM') codes.set(roomId.toString('hex'), code)
        if (codes.size === 3) resolve()
      })
    })
    const stranger = newRoom()
    const grant = () => createGrant(forged.roomId, stranger.signing, Date.now() + DAY)
    member.client.want(root.network.publicKey, { roomId: forged.roomId, grant })
    member.client.want(root.network.publicKey, wish(expired, -1))
    member.client.want(root.network.publicKey, wish(long, 401))
    await final
    const codeOf = (room: { roomId: Buffer }) => codes.get(room.roomId.toString('hex'))
    expect([codeOf(forged), codeOf(expired), codeOf(long)]).toEqual(['BAD_GRANT', 'EXPIRED', 'BAD_GRANT'])
    expect(root.rootPeer.roomCount).toBe(0)
    expect(member.client.state(root.network.publicKey)).toBe('refused')
  })

  test.for([
    ['rooms above its quota', { rooms: 1 }, 'FULL'],
    ['more new rooms of a stranger than its rate allows', { newRoomsAtOnce: 1 }, 'TOO_MANY'],
    ['more open rooms than it can hold', { openRooms: 1 }, 'TOO_MANY']
  ] as const)('%s', async ([, limits, expected]) => {
    const bootstrap = await localDht()
    const root = await startRootPeer(bootstrap, { limits })
    const member = await startMember(bootstrap)
    const [one, other] = [newRoom(), newRoom()]
    const key = root.network.publicKey
    const registered = heard(member.client, 'registered')
    member.client.want(key, wish(one))
    await registered
    const refused = heard(member.client, 'refused', ({ code }) => code !== 'UNKNOWN_ROOM')
    member.client.want(key, wish(other))
    const { code, roomId } = await refused
    expect([code, roomId]).toEqual([expected, other.roomId])
    expect([member.client.state(key), member.client.state(key, other.roomId)]).toEqual(['connected', 'refused'])
  })

  test('whom its operator does not admit', async () => {
    const bootstrap = await localDht()
    const root = await startRootPeer(bootstrap, { admission: { refusal: () => 'NOT_ADMITTED' } })
    const member = await startMember(bootstrap)
    const refused = heard(member.client, 'refused', ({ code }) => code === 'NOT_ADMITTED')
    member.client.want(root.network.publicKey, wish(newRoom()))
    await refused
  })
})

describe('a member', () => {
  test('sees a root peer that is not there as unreachable, and as connected once it is', async () => {
    const bootstrap = await localDht()
    const keyPair = namedKeyPair('late')
    const member = await startMember(bootstrap, { clock: hurriedClock(50) })
    const stateIs = (state: string) => heard(member.client, 'state', ({ key }) => member.client.state(key) === state)
    const unreachable = stateIs('unreachable')
    member.client.want(keyPair.publicKey, wish(newRoom()))
    await unreachable
    const back = stateIs('connected')
    await startRootPeer(bootstrap, { network: { keyPair } })
    await back
  })

  test('sees a peer that is no root peer as refusing, and goes on asking', async () => {
    const bootstrap = await localDht()
    const other = await startNetwork(bootstrap)
    const member = await startMember(bootstrap, { clock: hurriedClock(50) })
    const refused = heard(member.client, 'state', ({ key }) => member.client.state(key) === 'refused')
    member.client.want(other.publicKey, wish(newRoom()))
    await refused
    const connection = await connected(other, member.network.publicKey)
    await new Promise<void>((resolve) =>
      connection.mux.pair({ protocol: ROOT_PEER_PROTOCOL, id: other.publicKey }, () => resolve())
    )
  })

  test('names no room to a root peer that it did not choose', async () => {
    const bootstrap = await localDht()
    const root = await startRootPeer(bootstrap)
    const member = await startMember(bootstrap)
    member.client.want(namedKeyPair('chosen').publicKey, wish(newRoom()))
    const met = connected(root.network, member.network.publicKey)
    member.network.keepConnected(root.network.publicKey, 'test')
    const connection = await met
    expect(connection.mux.opened({ protocol: ROOT_PEER_PROTOCOL, id: root.network.publicKey })).toBe(false)
    expect(member.client.state(root.network.publicKey)).toBe('unreachable')
  })

  test('outlives a root peer that sends rubbish, and drops the connection', async () => {
    const bootstrap = await localDht()
    const liar = await startNetwork(bootstrap)
    const member = await startMember(bootstrap)
    liar.on('connection', (connection) => {
      connection.mux.pair({ protocol: ROOT_PEER_PROTOCOL, id: liar.publicKey }, () => {
        const channel = openRaw(connection, liar.publicKey)
        for (const message of channel?.messages ?? []) message.send(Buffer.from('rubbish'))
        channel?.close()
        for (const message of channel?.messages ?? []) message.send(Buffer.alloc(300_000))
      })
    })
    const gone = next(member.network, 'disconnection')
    member.client.want(liar.publicKey, wish(newRoom()))
    await gone
    expect(member.client.state(liar.publicKey)).toBe('connecting')
  })
})

describe('a hostile member', () => {
  test.for([
    ['rubbish', [Buffer.from('x'), Buffer.alloc(0), Buffer.from([1, 2, 3])], 1],
    ['oversized frames', [Buffer.alloc(300_000), Buffer.alloc(300_000), Buffer.alloc(300_000)], 1],
    ['what only root peers send', [Buffer.alloc(40), Buffer.alloc(40), Buffer.alloc(40)], 3]
  ] as const)('that sends %s is dropped, and others are served', async ([, frames, message]) => {
    const bootstrap = await localDht()
    const root = await startRootPeer(bootstrap)
    const hostile = await startNetwork(bootstrap)
    hostile.keepConnected(root.network.publicKey, 'test')
    const connection = await connected(hostile, root.network.publicKey)
    const gone = next(root.network, 'disconnection')
    const channel = openRaw(connection, root.network.publicKey)
    for (const frame of frames) channel?.messages[message]?.send(frame)
    await gone
    const member = await startMember(bootstrap)
    const registered = heard(member.client, 'registered')
    member.client.want(root.network.publicKey, wish(newRoom()))
    await registered
  })

  test('that closes its channel in the middle of a thousand requests harms nobody', async () => {
    const bootstrap = await localDht()
    const root = await startRootPeer(bootstrap, { limits: { newRoomsAtOnce: 10 } })
    const hostile = await startNetwork(bootstrap)
    hostile.keepConnected(root.network.publicKey, 'test')
    const connection = await connected(hostile, root.network.publicKey)
    const channel = openRaw(connection, root.network.publicKey)
    for (let i = 0; i < 1000; i++) channel?.messages[1]?.send(registration())
    channel?.close()
    const member = await startMember(bootstrap)
    const registered = heard(member.client, 'registered')
    member.client.want(root.network.publicKey, wish(newRoom()))
    await registered
    expect(root.rootPeer.roomCount).toBeLessThanOrEqual(11)
    expect(root.network.connectionTo(hostile.publicKey)).not.toBe(null)
  })
})

function registration(): Buffer {
  const { roomId, signing } = newRoom()
  return encodeRegisterRoom({ grant: createGrant(roomId, signing, Date.now() + DAY), credential: Buffer.alloc(0) })
}

/** A channel of the root peer protocol that sends whatever it is given. */
function openRaw(connection: Connection, id: Buffer): MuxChannel | null {
  const messages = Array.from({ length: 5 }, () => ({ encoding: c.raw, onmessage: () => {} }))
  const channel = connection.mux.createChannel({ protocol: ROOT_PEER_PROTOCOL, id, handshake: null, messages })
  channel?.open(Buffer.alloc(0))
  return channel
}
