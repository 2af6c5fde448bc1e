/** Events say what changed, never what it changed to: who hears one queries again. */
import { z } from 'zod'
import { key } from './fields.js'

export const events = {
  /** Without roomIds: any of them. */
  'rooms.changed': z.object({ roomIds: z.array(key).optional() }),
  'messages.changed': z.object({ roomId: key }),
  'network.changed': z.object({})
} as const
