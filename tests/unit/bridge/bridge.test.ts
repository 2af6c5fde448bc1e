import { describe, expect, it, vi } from 'vitest'
import { Bridge, type BridgeEvent } from '../../../src-main/bridge/bridge.js'
import { answerRequest } from '../../../src-main/bridge/request.js'
import { MangroveError } from '../../../src-main/lib/errors.js'
import type { Handlers } from '../../../src-main/node/mangrove-node.js'
import { FakeNode, HEX, KEY, silent } from '../../helpers/fake-node.js'

const bridgeOf = (handlers: Handlers) => new Bridge(new FakeNode(handlers), silent)
const code = (reply: object) => ('error' in reply ? (reply.error as { code: string }).code : 'no error')

describe('a call', () => {
  it('gives handlers checked arguments with ids in z-base-32 and without unknown keys', async () => {
    const leave = vi.fn(() => null)
    const reply = await bridgeOf({ 'rooms.leave': leave }).call('rooms.leave', { roomId: HEX, extra: 1 })
    expect(reply).toEqual({ result: null })
    expect(leave).toHaveBeenCalledWith({ roomId: KEY })
  })

  it('cuts results to the contract', async () => {
    const result = { id: KEY, name: 'Alice', seed: 'secret' }
    expect(await bridgeOf({ 'account.get': () => result }).call('account.get')).toEqual({
      result: { id: KEY, name: 'Alice' }
    })
  })

  it('answers INTERNAL without details when a result breaks the contract', async () => {
    const reply = await bridgeOf({ 'account.get': () => ({ id: KEY }) as never }).call('account.get')
    expect(code(reply)).toBe('INTERNAL')
    expect(JSON.stringify(reply)).not.toContain('name')
  })

  it('says UNKNOWN_COMMAND for what the contract does not name, also for names of Object', async () => {
    const bridge = bridgeOf({})
    for (const name of ['nope', 'toString', '__proto__', '', null, 7, {}]) {
      expect(code(await bridge.call(name))).toBe('UNKNOWN_COMMAND')
    }
  })

  it('says UNAVAILABLE for a command that this node has no handler for', async () => {
    expect(code(await bridgeOf({}).call('rooms.list'))).toBe('UNAVAILABLE')
  })

  it('says BAD_ARGUMENT in one sentence that names the field', async () => {
    const reply = await bridgeOf({}).call('messages.page', { roomId: KEY, limit: 201 })
    expect(reply).toEqual({ error: { code: 'BAD_ARGUMENT', message: 'limit must be at most 200.' } })
  })

  it('says TOO_LARGE for a text above 32 KiB of UTF-8', async () => {
    const send = { 'messages.send': () => ({ messageId: 'y'.repeat(26) }) }
    const bridge = bridgeOf(send)
    expect(await bridge.call('messages.send', { roomId: KEY, text: 'é'.repeat(16_384) })).toHaveProperty('result')
    expect(code(await bridge.call('messages.send', { roomId: KEY, text: 'é'.repeat(16_385) }))).toBe('TOO_LARGE')
  })

  it("passes a handler's own error on with its code", async () => {
    const bridge = bridgeOf({
      'account.get': () => {
        throw new MangroveError('NO_ACCOUNT', 'There is no account yet.')
      }
    })
    expect(await bridge.call('account.get')).toEqual({
      error: { code: 'NO_ACCOUNT', message: 'There is no account yet.' }
    })
  })

  it('turns any other error into INTERNAL and keeps its message to the log', async () => {
    const reply = await bridgeOf({ 'account.get': () => Promise.reject(new Error('key is abc')) }).call('account.get')
    expect(code(reply)).toBe('INTERNAL')
    expect(JSON.stringify(reply)).not.toContain('abc')
  })
})

describe('events', () => {
  it('reach every client, cut to the contract, also when one of them throws', () => {
    const node = new FakeNode()
    const bridge = new Bridge(node, silent)
    const heard: BridgeEvent[] = []
    bridge.subscribe(() => {
      throw new Error('gone')
    })
    bridge.subscribe((event) => heard.push(event))
    node.emit('messages.changed', { roomId: KEY, text: 'no' } as { roomId: string })
    expect(heard).toEqual([{ event: 'messages.changed', payload: { roomId: KEY } }])
  })

  it('stop for a client that unsubscribes, and for all when the bridge closes', () => {
    const node = new FakeNode()
    const bridge = new Bridge(node, silent)
    const heard = vi.fn()
    bridge.subscribe(heard)()
    node.emit('network.changed', {})
    bridge.close()
    expect(heard).not.toHaveBeenCalled()
    expect(node.listening).toBe(0)
  })
})

describe('a request as text', () => {
  const bridge = bridgeOf({ 'rooms.list': () => ({ rooms: [] }) })
  const answer = async (text: string | null) => JSON.parse(await answerRequest(bridge, text))

  it('is answered with its id', async () => {
    expect(await answer('{"id":"a","command":"rooms.list"}')).toEqual({ id: 'a', result: { rooms: [] } })
  })

  it('is answered with an error whatever it is', async () => {
    const deep = `{"id":1,"command":"rooms.list","args":${'['.repeat(40_000)}${']'.repeat(40_000)}}`
    for (const text of ['', '{', '[]', 'null', '"x"', '{"id":{}}', deep]) {
      expect(await answer(text)).toMatchObject({ id: null, error: { code: 'BAD_ARGUMENT' } })
    }
    expect(await answer(null)).toMatchObject({ id: null, error: { code: 'TOO_LARGE' } })
  })
})
