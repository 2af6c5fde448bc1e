import './english.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseText, previewText } from '../../../src-renderer/lib/rich-text.js'

const links = (text: string) => parseText(text).filter((part) => part.kind === 'link')

describe('parseText', () => {
  it('leaves markup as text', () => {
    const text = '<img src=x onerror=alert(1)> **not bold**'
    expect(parseText(text)).toEqual([{ kind: 'text', text }])
  })

  it('finds code and fences, and no link inside them', () => {
    expect(parseText('bring `22 mm` now')).toEqual([
      { kind: 'text', text: 'bring ' },
      { kind: 'code', text: '22 mm' },
      { kind: 'text', text: ' now' }
    ])
    expect(parseText('```js\nhttps://a.example\n```')).toEqual([{ kind: 'fence', text: 'https://a.example' }])
  })

  it('links http and https only', () => {
    expect(links('https://a.example/x http://b.example')).toHaveLength(2)
    expect(links('javascript:alert(1) data:text/html,x file:///etc/passwd ftp://a.example')).toEqual([])
  })

  it('leaves the sentence’s marks outside of a link, and brackets that it opened inside', () => {
    expect(links('See https://a.example/x.')[0]?.text).toBe('https://a.example/x')
    expect(links('(https://a.example/x)')[0]?.text).toBe('https://a.example/x')
    expect(links('https://a.example/x_(y)')[0]?.text).toBe('https://a.example/x_(y)')
  })

  it('shows a host with letters beyond ASCII as it is looked up', () => {
    const [link] = links('https://аpple.example/login')
    expect(link).toMatchObject({
      text: 'https://xn--pple-43d.example/login',
      url: 'https://xn--pple-43d.example/login'
    })
  })

  it('does not link what hides its host behind a user name', () => {
    expect(links('https://bank.example@evil.example/')).toEqual([])
  })

  it('recognises an invite', () => {
    expect(parseText('join mangrove://join/AQ-_x now')[1]).toEqual({
      kind: 'invite',
      text: 'mangrove://join/AQ-_x',
      link: 'mangrove://join/AQ-_x'
    })
  })

  it('loses nothing of a text without marks, whatever is in it', () => {
    const plain = fc.string({ unit: 'grapheme' }).filter((text) => !/[`]|:\/\//.test(text))
    fc.assert(
      fc.property(plain, (text) => {
        const parts = parseText(text)
        expect(parts.map((part) => part.text).join('')).toBe(text)
      })
    )
  })
})

describe('previewText', () => {
  it('is one line', () => {
    expect(previewText('a\n```\nb  c\n```\n`d`')).toBe('a b c d')
  })
})
