/** Who writes: the part of the account that delivery needs, as a port. */
import type { Hello } from '../protocol/entry.js'
import type { IdentityKey, LogKey, RoomId } from '../protocol/ids.js'
import type { RoomKeys } from '../protocol/room-keys.js'
import type { Signal } from '../protocol/room-messages.js'
import type { SignalBody } from '../protocol/signal.js'

export interface Author {
  readonly identityKey: IdentityKey
  hello(roomId: RoomId, logKey: LogKey): Hello
  sealSignal(room: RoomKeys, message: SignalBody): Signal
}
