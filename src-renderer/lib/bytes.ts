/** Sizes in UTF-8, which is what limits are counted in. */
const utf8 = new TextEncoder()

export function byteLength(text: string): number {
  return utf8.encode(text).length
}

/** Is the text over the limit? Counts bytes only where the number of characters leaves it open. */
export function isOverBytes(text: string, limit: number): boolean {
  if (text.length > limit) return true
  return text.length * 3 > limit && byteLength(text) > limit
}
