/** Decoded values as JSON: bytes become hex. */
export type Plain = string | number | boolean | null | Plain[] | { [name: string]: Plain }

export function plain(value: unknown): Plain {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value as Plain
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  return Object.fromEntries(fields.map(([name, field]) => [name, plain(field)]))
}
