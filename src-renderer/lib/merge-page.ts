/**
 * The newest messages as they were asked again, laid over what is here. The oldest that is here stays the oldest, so
 * that the list never grows or shrinks at its upper end because something came at the lower one.
 */
interface Loaded<T> {
  /** Oldest first. */
  readonly messages: readonly T[]
  /** Leads to what is older; null: nothing is. */
  readonly older: string | null
}

/** Null where the two do not touch: what lies between is not known. */
export function mergePage<T extends { id: string }>(
  before: Loaded<T>,
  newest: Loaded<T>
): { messages: T[]; older: string | null } | null {
  const [oldest] = before.messages
  if (!oldest) return { messages: [...newest.messages], older: newest.older }
  const start = newest.messages.findIndex(({ id }) => id === oldest.id)
  if (start >= 0) return { messages: newest.messages.slice(start), older: start > 0 ? before.older : newest.older }
  const first = newest.messages[0]?.id
  const overlap = before.messages.findIndex(({ id }) => id === first)
  if (overlap < 0) return null
  return { messages: [...before.messages.slice(0, overlap), ...newest.messages], older: before.older }
}
