/** What is drawn for a person or a room from its id and name alone. */

/** 0 to 359, the same on every machine, as the key is. */
export function hueOf(id: string): number {
  let hash = 2166136261
  for (let index = 0; index < id.length; index++) {
    hash ^= id.charCodeAt(index)
    hash = Math.imul(hash, 16777619)
  }
  return (hash >>> 0) % 360
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function firstGrapheme(text: string): string {
  for (const { segment } of graphemes.segment(text)) return segment
  return ''
}

function words(name: string): string[] {
  return name.split(/[\s\-_.]+/u).filter((word) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(word))
}

/** `ML` for Mara Lind: first and last word. */
export function personInitials(name: string): string {
  const all = words(name)
  const first = firstGrapheme(all[0] ?? '')
  const last = all.length > 1 ? firstGrapheme(all.at(-1) ?? '') : ''
  return `${first}${last}`.toLocaleUpperCase()
}

/** `Fk` for Field kitchen: first and second word, as rooms are not people. */
export function roomInitials(name: string): string {
  const [one = '', two = ''] = words(name)
  return `${firstGrapheme(one).toLocaleUpperCase()}${firstGrapheme(two).toLocaleLowerCase()}`
}

/** A key by its ends: enough to tell two apart. */
export function shortKey(key: string): string {
  return `${key.slice(0, 6)}…${key.slice(-6)}`
}
