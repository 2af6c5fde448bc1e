/** Keeps the objects of before where nothing in them changed, so that only what changed is drawn again. */
export function reuse<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string): T[] {
  const known = new Map(before.map((item) => [keyOf(item), item]))
  const next = after.map((item) => {
    const old = known.get(keyOf(item))
    return old !== undefined && isSame(old, item) ? old : item
  })
  return next.length === before.length && next.every((item, index) => item === before[index]) ? [...before] : next
}

/** Views are plain data. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => key in b && isSame(a[key as keyof typeof a], b[key as keyof typeof b]))
}
