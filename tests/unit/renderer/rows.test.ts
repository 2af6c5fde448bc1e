import './english.js'
import { describe, expect, it } from 'vitest'
import type { MessageView } from '../../../src-preload/contract/index.js'
import {
  buildRows,
  firstUnread,
  othersAfter,
  type RowSource
} from '../../../src-renderer/features/conversation/rows.js'

const ME = { id: 'me', name: 'Me' }
const ADA = { id: 'ada', name: 'Ada' }
const MINUTE = 60_000
const NOON = new Date(2026, 10, 5, 12).getTime()

function message(id: string, author = ADA, sentAt = NOON): MessageView {
  return { id, roomId: 'room', author, text: id, sentAt }
}

function rowsOf(messages: MessageView[], more: Partial<RowSource> = {}) {
  return buildRows({ messages, pending: [], me: ME, roomId: 'room', complete: false, unseen: null, ...more })
}

const shape = (rows: ReturnType<typeof rowsOf>) =>
  rows.map((row) => (row.kind === 'message' ? `${row.message.id}${row.head ? '*' : ''}` : row.kind))

describe('buildRows', () => {
  it('names an author once a group', () => {
    const rows = rowsOf([message('a'), message('b'), message('c', ME), message('d')])
    expect(shape(rows)).toEqual(['day', 'a*', 'b', 'c*', 'd*', 'end'])
  })

  it('begins a group anew after a pause and on a new day', () => {
    const rows = rowsOf([
      message('a'),
      message('b', ADA, NOON + 20 * MINUTE),
      message('c', ADA, NOON + 13 * 60 * MINUTE)
    ])
    expect(shape(rows)).toEqual(['day', 'a*', 'b*', 'day', 'c*', 'end'])
  })

  it('begins with the start where nothing is older', () => {
    expect(shape(rowsOf([message('a')], { complete: true }))).toEqual(['start', 'day', 'a*', 'end'])
  })

  it('draws the line above what is new and counts only others', () => {
    const rows = rowsOf([message('a'), message('b'), message('c', ME), message('d')], {
      unseen: { first: 'b', last: null }
    })
    expect(shape(rows)).toEqual(['day', 'a*', 'new', 'b*', 'c*', 'd*', 'end'])
    expect(rows.find((row) => row.kind === 'new')).toMatchObject({ count: 2 })
  })

  it('stops counting at what was seen', () => {
    const rows = rowsOf([message('a'), message('b'), message('c')], { unseen: { first: 'a', last: 'b' } })
    expect(rows.find((row) => row.kind === 'new')).toMatchObject({ count: 2 })
  })

  it('shows what is pending last, saved once it has its id', () => {
    const rows = rowsOf([message('a')], {
      pending: [
        { key: 1, text: 'x', sentAt: NOON, messageId: 'm' },
        { key: 2, text: 'y', sentAt: NOON }
      ]
    })
    expect(shape(rows)).toEqual(['day', 'a*', 'm*', 'pending-2', 'end'])
    const states = rows.flatMap((row) => (row.kind === 'message' ? [row.message.state] : []))
    expect(states).toEqual([undefined, 'saved', undefined])
  })
})

describe('firstUnread', () => {
  it('walks back over others’ messages', () => {
    const messages = [message('a'), message('b'), message('c', ME), message('d')]
    expect(firstUnread(messages, 2, 'me')).toBe('b')
    expect(firstUnread(messages, 0, 'me')).toBe(null)
    expect(firstUnread(messages, 9, 'me')).toBe(null)
  })
})

describe('othersAfter', () => {
  it('is what others wrote below', () => {
    const messages = [message('a'), message('b', ME), message('c')]
    expect(othersAfter(messages, 'a', 'me').map(({ id }) => id)).toEqual(['c'])
    expect(othersAfter(messages, 'gone', 'me')).toEqual([])
  })
})
