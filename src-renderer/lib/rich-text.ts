/** A message's text as parts: fences, code and links are recognised, everything else stays as it was written. */

export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'fence'; text: string }
  | { kind: 'link'; text: string; url: string }
  | { kind: 'invite'; text: string; link: string }

const FENCE = /```[^\S\n]*(?:[\w+#.-]+(?=\n))?\n?([\s\S]+?)\n?```/g
const CODE = /`([^`\n]+)`/g
const LINK = /\bhttps?:\/\/[^\s<>"`]+|\bmangrove:\/\/join\/[A-Za-z0-9_-]+/giu
/** Closing marks belong to the sentence, unless the link opened them itself. */
const TRAILING = /[.,;:!?'"*_~’”»…]$/u
const BRACKETS: Record<string, string> = { ')': '(', ']': '[', '}': '{' }

export function parseText(text: string): Part[] {
  return split(text, FENCE, fencePart, (rest) => split(rest, CODE, codePart, parseLinks))
}

const fencePart = (match: RegExpExecArray): Part => ({ kind: 'fence', text: match[1] ?? '' })
const codePart = (match: RegExpExecArray): Part => ({ kind: 'code', text: match[1] ?? '' })

function split(
  text: string,
  pattern: RegExp,
  part: (match: RegExpExecArray) => Part,
  between: (rest: string) => Part[]
): Part[] {
  const parts: Part[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    parts.push(...between(text.slice(end, match.index)), part(match))
    end = match.index + match[0].length
  }
  parts.push(...between(text.slice(end)))
  return parts
}

function parseLinks(text: string): Part[] {
  const parts: Part[] = []
  let end = 0
  for (const match of text.matchAll(LINK)) {
    const written = trimEnd(match[0])
    const part = linkPart(written)
    if (!part) continue
    pushText(parts, text.slice(end, match.index))
    parts.push(part)
    end = match.index + written.length
  }
  pushText(parts, text.slice(end))
  return parts
}

function pushText(parts: Part[], text: string): void {
  if (text) parts.push({ kind: 'text', text })
}

function linkPart(written: string): Part | null {
  if (/^mangrove:/i.test(written)) return { kind: 'invite', text: written, link: written }
  const url = parseUrl(written)
  return url ? { kind: 'link', text: shownLink(written, url), url: url.href } : null
}

/** Only http and https, and never with a user in front of the host: that is how a host is faked. */
function parseUrl(written: string): URL | null {
  const url = URL.parse(written)
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname || url.username || url.password) return null
  return url
}

/** As it was written, but the host in ASCII, so that no letter passes for another. */
function shownLink(written: string, url: URL): string {
  const host = /^(https?:\/\/)([^/?#]+)/i.exec(written)
  if (!host || !/[^\x20-\x7e]/.test(host[2] ?? '')) return written
  return `${host[1]}${url.host}${written.slice(host[0].length)}`
}

function trimEnd(link: string): string {
  let shown = link
  for (;;) {
    const last = shown.at(-1) ?? ''
    const opening = BRACKETS[last]
    const unopened = opening !== undefined && count(shown, opening) < count(shown, last)
    if (!unopened && !TRAILING.test(shown)) return shown
    shown = shown.slice(0, -1)
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}

/** One line of it, for lists: fences and breaks become spaces. */
export function previewText(text: string): string {
  return text
    .slice(0, 300)
    .replace(/```[\w+#.-]*\n?|`/g, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
}
