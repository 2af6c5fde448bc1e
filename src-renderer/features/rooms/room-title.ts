import type { RoomView } from '../../../src-preload/contract/index.js'
import { t } from './strings.js'

/** A room's name; until its own entry arrives it may have none. */
export function roomTitle({ name }: Pick<RoomView, 'name'>): string {
  return name || t.unnamed
}
