import './english.js'
import { describe, expect, it } from 'vitest'
import { BridgeError } from '../../../src-renderer/lib/bridge-error.js'
import { isOverBytes } from '../../../src-renderer/lib/bytes.js'
import { mergePage } from '../../../src-renderer/lib/merge-page.js'
import { hueOf, personInitials, roomInitials, shortKey } from '../../../src-renderer/lib/people.js'
import { Refresher } from '../../../src-renderer/lib/refresher.js'
import { reuse } from '../../../src-renderer/lib/reuse.js'
import { pickLanguage, pickLocale } from '../../../src-renderer/lib/strings.js'
import { dayTitle, listTime } from '../../../src-renderer/lib/time.js'

const list = (text: string) => [...text].map((id) => ({ id }))
const text = (items: readonly { id: string }[] | undefined) => items?.map(({ id }) => id).join('')

describe('mergePage', () => {
  it('lays the newest over what is here', () => {
    const merged = mergePage({ messages: list('abc'), older: 'a' }, { messages: list('bcd'), older: 'b' })
    expect([text(merged?.messages), merged?.older]).toEqual(['abcd', 'a'])
  })

  it('keeps the oldest where more was asked for than is here', () => {
    const merged = mergePage({ messages: list('cd'), older: 'c' }, { messages: list('bcde'), older: 'b' })
    expect([text(merged?.messages), merged?.older]).toEqual(['cde', 'c'])
  })

  it('takes everything where nothing is here yet', () => {
    expect(mergePage({ messages: [], older: null }, { messages: list('ab'), older: 'a' })).toMatchObject({ older: 'a' })
  })

  it('is null where something may lie between', () => {
    expect(mergePage({ messages: list('ab'), older: null }, { messages: list('yz'), older: 'y' })).toBe(null)
  })
})

describe('people', () => {
  it('writes people with two capitals and rooms with one', () => {
    expect(personInitials('mara von lind')).toBe('ML')
    expect(roomInitials('Field Kitchen tonight')).toBe('Fk')
    expect([personInitials('Ada'), roomInitials('Choir'), personInitials(' ')]).toEqual(['A', 'C', ''])
  })

  it('keeps a composed character whole', () => {
    expect(personInitials('👩🏽‍🌾 Farm')).toBe('👩🏽‍🌾F')
  })

  it('gives the same key the same hue', () => {
    expect(hueOf('abc')).toBe(hueOf('abc'))
    expect(hueOf('abc')).not.toBe(hueOf('abd'))
    expect(shortKey('ymu8hxx1fnwsgo9qm67o5yodeefd858ep3kpb4buqnkmaq3paxwo')).toBe('ymu8hx…3paxwo')
  })
})

describe('languages', () => {
  it('takes the first that is spoken here', () => {
    expect(pickLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de')
    expect(pickLocale(['fr-FR', 'de-AT', 'en'])).toBe('de-AT')
    expect([pickLanguage([]), pickLocale(['fr'])]).toEqual(['en', 'en-GB'])
  })
})

describe('time', () => {
  const now = new Date(2026, 10, 5, 14, 34).getTime()
  const at = (day: number, year = 2026, month = 10) => new Date(year, month, day, 9, 5).getTime()

  it('grows coarser with distance', () => {
    expect(listTime(at(5), now)).toMatch(/0?9:05/)
    expect(listTime(at(3), now)).toBe('Tue')
    expect(listTime(at(3, 2026, 9), now)).toBe('3 Oct')
    expect(listTime(at(3, 2024), now)).toBe('3 Nov 2024')
  })

  it('calls the last days by name', () => {
    expect([dayTitle(at(5), now), dayTitle(at(4), now), dayTitle(at(2), now)]).toEqual(['Today', 'Yesterday', 'Monday'])
  })
})

describe('isOverBytes', () => {
  it('counts UTF-8', () => {
    expect([isOverBytes('a'.repeat(32), 32), isOverBytes('é'.repeat(17), 32)]).toEqual([false, true])
  })
})

describe('reuse', () => {
  it('keeps what did not change', () => {
    const before = [{ id: 'a', state: ['x'] }, { id: 'b' }]
    const after = reuse(before, [{ id: 'a', state: ['x'] }, { id: 'c' }], ({ id }) => id)
    expect(after[0]).toBe(before[0])
    expect(after[1]).toEqual({ id: 'c' })
  })
})

describe('BridgeError', () => {
  it('reads a code wherever a carrier left it', () => {
    const codes = [{ code: 'NOT_FOUND', message: 'x' }, new Error('Error: TOO_LARGE: it is'), 'odd'].map(
      (thrown) => BridgeError.from(thrown).code
    )
    expect(codes).toEqual(['NOT_FOUND', 'TOO_LARGE', 'INTERNAL'])
  })
})

describe('Refresher', () => {
  it('asks at once, and once more for all that came meanwhile', async () => {
    let asked = 0
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const refresher = new Refresher(() => gates[asked++]?.promise ?? Promise.resolve(), 0)
    refresher.want()
    expect(asked).toBe(1)
    refresher.want()
    refresher.want()
    gates[0]?.resolve()
    await expect.poll(() => asked).toBe(2)
    gates[1]?.resolve()
  })
})
