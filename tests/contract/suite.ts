/** What every carrier of the contract must do alike. A carrier brings a client of its own for one node. */
import { describe, expect, it } from 'vitest'
import { MangroveError } from '../../src-main/lib/errors.js'
import type { Handlers } from '../../src-main/node/mangrove-node.js'
import { COMMAND_NAMES } from '../../src-preload/contract/index.js'
import { FakeNode, HEX, KEY } from '../helpers/fake-node.js'

export interface Carrier {
  /** Resolves with the result; rejects with an error that has a `code`. */
  call(command: string, args?: unknown): Promise<unknown>
  /** Absent where the carrier has no events (the local socket). */
  onEvent?(listener: (event: unknown) => void): void
}

/** Opens a client of the node and registers its own teardown with the test. */
export type CarrierFactory = (node: FakeNode) => Promise<Carrier>

const MESSAGE_ID = 'y'.repeat(26)

const message = {
  id: MESSAGE_ID,
  roomId: KEY,
  author: { id: KEY, name: 'Zoë <b>' },
  text: '\u202e"quoted"\n\u0000 👩‍👩‍👧 </script>',
  sentAt: 1_700_000_000_000,
  state: 'stored' as const
}

const room = { roomId: KEY, name: '', unread: 0, members: 2, lastMessage: message, rootPeers: [] }

const handlers: Handlers = {
  'account.get': () => {
    throw new MangroveError('NO_ACCOUNT', 'There is no account yet.')
  },
  'account.create': ({ name }) => ({ id: KEY, name }),
  'rooms.list': () => ({ rooms: [room] }),
  'rooms.leave': () => null,
  'messages.send': () => ({ messageId: MESSAGE_ID }),
  'messages.page': ({ limit, before }) => ({ messages: Array(limit).fill(message), next: before }),
  'network.status': () => Promise.reject(new Error('a detail'))
}

export function describeCarrier(name: string, open: CarrierFactory): void {
  describe(`the contract over ${name}`, () => {
    it('brings arguments in and results out unchanged', async () => {
      const client = await open(new FakeNode(handlers))
      expect(await client.call('account.create', { name: 'Zoë' })).toEqual({ id: KEY, name: 'Zoë' })
      expect(await client.call('rooms.list', {})).toEqual({ rooms: [room] })
    })

    it('answers null where there is no result', async () => {
      const client = await open(new FakeNode(handlers))
      expect(await client.call('rooms.leave', { roomId: HEX })).toBeNull()
    })

    it('takes the largest text even where every byte of it is escaped', async () => {
      const client = await open(new FakeNode(handlers))
      const text = '\u0001'.repeat(32 * 1024)
      expect(await client.call('messages.send', { roomId: KEY, text })).toEqual({ messageId: MESSAGE_ID })
    })

    it('brings a full page out', async () => {
      const client = await open(new FakeNode(handlers))
      const page = (await client.call('messages.page', { roomId: KEY, limit: 200, before: 'x' })) as {
        messages: unknown[]
      }
      expect(page.messages).toHaveLength(200)
      expect(page).toMatchObject({ next: 'x' })
    })

    it('keeps calls apart that run at the same time', async () => {
      const client = await open(new FakeNode(handlers))
      const names = Array.from({ length: 100 }, (_, index) => `name ${index}`)
      const answers = await Promise.all(names.map((name) => client.call('account.create', { name })))
      expect(answers).toEqual(names.map((name) => ({ id: KEY, name })))
    })

    it.each([
      ['nope', {}, 'UNKNOWN_COMMAND'],
      ['constructor', {}, 'UNKNOWN_COMMAND'],
      ['rooms.join', { link: 'x' }, 'UNAVAILABLE'],
      ['rooms.leave', {}, 'BAD_ARGUMENT'],
      ['rooms.leave', [], 'BAD_ARGUMENT'],
      ['rooms.leave', null, 'BAD_ARGUMENT'],
      ['messages.page', { roomId: KEY, limit: 0 }, 'BAD_ARGUMENT'],
      ['messages.send', { roomId: KEY, text: 'x'.repeat(32 * 1024 + 1) }, 'TOO_LARGE'],
      ['account.get', {}, 'NO_ACCOUNT']
    ])('answers %s %j with %s', async (command, args, code) => {
      const client = await open(new FakeNode(handlers))
      await expect(client.call(command, args)).rejects.toMatchObject({ code })
    })

    it('says INTERNAL and no detail when a handler fails', async () => {
      const client = await open(new FakeNode(handlers))
      const failure = await client.call('network.status', {}).catch((error) => error)
      expect(failure).toMatchObject({ code: 'INTERNAL', message: expect.not.stringContaining('detail') })
    })

    it('knows every command by name', async () => {
      const client = await open(new FakeNode())
      for (const command of COMMAND_NAMES) {
        const answer = client.call(command, {})
        await expect(answer).rejects.toMatchObject({ code: expect.stringMatching(/^(UNAVAILABLE|BAD_ARGUMENT)$/) })
      }
    })

    it('brings events where the carrier has them', async (context) => {
      const node = new FakeNode(handlers)
      const client = await open(node)
      if (!client.onEvent) return context.skip('this carrier has no events')
      const heard = new Promise((resolve) => client.onEvent?.(resolve))
      node.emit('messages.changed', { roomId: KEY })
      expect(await heard).toEqual({ event: 'messages.changed', payload: { roomId: KEY } })
    })
  })
}
