/** A root peer's key as people paste it: with blanks around it, or with what was printed before it. */
const KEY = /(?<![\w-])(?:[ybndrfg8ejkmcpqxot1uwisza345h769]{51}[yo]|[0-9a-fA-F]{64})(?![\w-])/

/** The key in the text, or null. */
export function findKey(text: string): string | null {
  return KEY.exec(text)?.[0] ?? null
}
