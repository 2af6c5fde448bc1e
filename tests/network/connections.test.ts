import c from 'compact-encoding'
import { expect, test } from 'vitest'
import { systemClock } from '../../src-main/lib/clock.js'
import type { Network } from '../../src-main/network/network.js'
import type { Connection } from '../../src-main/protocol/ports.js'
import { connected, localDht, next, startNetwork } from '../helpers/network.js'

async function pairOf(first: Network, second: Network): Promise<[Connection, Connection]> {
  first.keepConnected(second.publicKey, 'test')
  return Promise.all([connected(first, second.publicKey), connected(second, first.publicKey)])
}

/** A channel of one message on each side; returns a sender and what the other side got. */
function openChannel(
  from: Connection,
  to: Connection,
  protocol = 'test'
): { send: (text: string) => void; got: string[]; arrived: () => Promise<void> } {
  const got: string[] = []
  const waiting: (() => void)[] = []
  const onmessage = (bytes: Buffer) => {
    got.push(bytes.toString())
    for (const resolve of waiting.splice(0)) resolve()
  }
  const options = (listener: (bytes: Buffer) => void) => ({
    protocol,
    id: null,
    handshake: null,
    messages: [{ encoding: c.raw, onmessage: listener }]
  })
  const receiver = to.mux.createChannel(options(onmessage))
  const sender = from.mux.createChannel(options(() => {}))
  receiver?.open(Buffer.alloc(0))
  sender?.open(Buffer.alloc(0))
  return {
    got,
    send: (text) => void sender?.messages[0]?.send(Buffer.from(text)),
    arrived: () => new Promise((resolve) => void waiting.push(resolve))
  }
}

test('messages wait while reading is paused, until the last who paused resumes', async () => {
  const bootstrap = await localDht()
  const [ada, ben] = [await startNetwork(bootstrap), await startNetwork(bootstrap)]
  const [from, to] = await pairOf(ada, ben)
  const { send, got, arrived } = openChannel(from, to)
  const first = arrived()
  send('one')
  await first
  to.pause()
  to.pause()
  send('two')
  // The answer on another channel proves that 'two' came in and was held back.
  const echo = openChannel(to, from, 'echo')
  const echoed = echo.arrived()
  to.resume()
  echo.send('still paused')
  await echoed
  expect(got).toEqual(['one'])
  const second = arrived()
  to.resume()
  await second
  expect(got).toEqual(['one', 'two'])
})

test('pending writes grow while the transport is behind, and a drain is told', async () => {
  const bootstrap = await localDht()
  const [ada, ben] = [await startNetwork(bootstrap), await startNetwork(bootstrap)]
  const [from, to] = await pairOf(ada, ben)
  const { send } = openChannel(from, to)
  const drained = new Promise<void>((resolve) => from.onDrain(resolve))
  for (let i = 0; i < 64; i++) send('x'.repeat(256 * 1024))
  expect(from.pendingWrites).toBeGreaterThan(8 * 1024 * 1024)
  await drained
})

test('the third protocol error closes the connection and refuses the peer until its time is over', async () => {
  const bootstrap = await localDht()
  let offset = 0
  const clock = { now: () => Date.now() + offset, after: systemClock.after }
  const [ada, ben] = [await startNetwork(bootstrap, { clock }), await startNetwork(bootstrap)]
  const [connection] = await pairOf(ada, ben)
  ada.release(ben.publicKey, 'test')
  connection.misbehaved('one')
  connection.misbehaved('two')
  expect(connection.closed).toBe(false)
  const [gone, alsoGone] = [next(ada, 'disconnection'), next(ben, 'disconnection')]
  connection.misbehaved('three')
  expect(connection.closed).toBe(true)
  await Promise.all([gone, alsoGone])
  let refused = true
  const off = ada.on('connection', () => {
    refused = false
  })
  ben.keepConnected(ada.publicKey, 'test')
  // Somebody else gets in meanwhile.
  const cid = await startNetwork(bootstrap)
  off()
  await pairOf(cid, ada)
  expect(refused).toBe(true)
  expect(ada.connectionTo(ben.publicKey)).toBe(null)
  offset = 61_000
  await connected(ada, ben.publicKey)
})

test('connections above the limit are refused, but not those that we keep', async () => {
  const bootstrap = await localDht()
  const full = await startNetwork(bootstrap, { maxConnections: 1 })
  const [ada, ben, cid] = [await startNetwork(bootstrap), await startNetwork(bootstrap), await startNetwork(bootstrap)]
  let most = 0
  full.on('changed', ({ peers }) => {
    most = Math.max(most, peers)
  })
  const [first] = await pairOf(ada, full)
  ada.release(full.publicKey, 'test')
  ben.keepConnected(full.publicKey, 'test')
  // Ben is refused for as long as Ada is there.
  const entered = next(full, 'connection')
  first.close()
  expect((await entered).remoteKey).toEqual(ben.publicKey)
  expect(most).toBe(1)
  await pairOf(full, cid)
  expect(full.connections.length).toBe(2)
})

test('a listener that throws stops neither the connection nor the others', async () => {
  const bootstrap = await localDht()
  const [ada, ben] = [await startNetwork(bootstrap), await startNetwork(bootstrap)]
  ada.on('connection', () => {
    throw new Error('a bug')
  })
  const [connection] = await pairOf(ada, ben)
  const heard: string[] = []
  connection.onClose(() => {
    throw new Error('another bug')
  })
  connection.onClose(() => heard.push('closed'))
  const gone = next(ada, 'disconnection')
  connection.close()
  await gone
  connection.onClose(() => heard.push('late'))
  expect(heard).toEqual(['closed', 'late'])
})
