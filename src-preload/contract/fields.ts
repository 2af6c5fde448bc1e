/** The scalar fields of the contract with their limits. Bytes are text here; times are integer ms since 1970 UTC. */
import hypercoreId from 'hypercore-id-encoding'
import { z } from 'zod'
import { MAX_NAME_GRAPHEMES, MAX_PAGE, MAX_ROOM_NAME_BYTES, MAX_TEXT_BYTES } from './limits.js'

export const MAX_NAME_BYTES = 1024
const MAX_LINK = 4096
const MAX_CURSOR = 256

/** z-base-32 of 32 bytes ends in a character that carries one bit only, of 16 bytes in one that carries three. */
const KEY = /^(?:[ybndrfg8ejkmcpqxot1uwisza345h769]{51}[yo]|[0-9a-fA-F]{64})$/
const MESSAGE_ID = /^[ybndrfg8ejkmcpqxot1uwisza345h769]{25}[yrecowah]$/
const CONTROLS = /\p{Cc}/u

const utf8 = new TextEncoder()
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

const byteLength = (text: string): number => utf8.encode(text).length
const wellFormed = z.string().refine((text) => text.isWellFormed(), { error: 'is not valid Unicode', abort: true })

/** Does the name have at most `max` graphemes? Stops counting there. */
function hasAtMostGraphemes(name: string, max: number): boolean {
  let count = 0
  for (const _ of graphemes.segment(name)) if (++count > max) return false
  return true
}

/** A name that people see: trimmed, not empty, on one line. */
const name = wellFormed
  .trim()
  .min(1, { error: 'is empty' })
  .refine((text) => !CONTROLS.test(text), { error: 'has control characters in it' })

/** An account's name. Bytes are checked before graphemes, so that a megabyte is not segmented. */
export const accountName = name
  .refine((text) => byteLength(text) <= MAX_NAME_BYTES, { error: `is over ${MAX_NAME_BYTES} bytes`, abort: true })
  .refine((text) => hasAtMostGraphemes(text, MAX_NAME_GRAPHEMES), { error: `is over ${MAX_NAME_GRAPHEMES} characters` })

/** A room's name: it has to fit into an invite. */
export const roomName = name.refine((text) => byteLength(text) <= MAX_ROOM_NAME_BYTES, {
  error: `is over ${MAX_ROOM_NAME_BYTES} bytes`
})

/** A message's text, kept exactly as it was written. */
export const messageText = wellFormed
  .min(1, { error: 'is empty' })
  .refine((text) => byteLength(text) <= MAX_TEXT_BYTES, {
    error: `is over ${MAX_TEXT_BYTES} bytes`,
    params: { code: 'TOO_LARGE' }
  })

/** A 32-byte key or id that comes in: z-base-32 or hex; it is z-base-32 behind the bridge. */
export const keyArgument = z
  .string()
  .regex(KEY, { error: 'is not a key or id (52 characters of z-base-32, or 64 of hex)', abort: true })
  .transform((text) => hypercoreId.normalize(text))

/** A 32-byte key or id that goes out, in z-base-32. */
export const key = z.string().length(52)

export const messageId = z.string().regex(MESSAGE_ID, { error: 'is not a message id (26 characters of z-base-32)' })

/** The code itself is checked where the room is joined; here only its length. */
export const inviteLink = z.string().max(MAX_LINK, { error: 'is too long to be an invite' })

export const cursor = z.string().min(1).max(MAX_CURSOR)
export const pageLimit = z.int().min(1).max(MAX_PAGE)
export const count = z.int().min(0)
export const time = z.int()
