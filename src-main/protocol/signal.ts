/**
 * Ephemeral payloads, sealed with the room's signal key (AAD roomId) and signed by the sender's device, so that a root
 * peer can forward what it cannot read and no member can speak for another.
 */
import { uint64le } from './bytes.js'
import { decrypt, encrypt, NONCE_BYTES, randomBytes, sign, verify } from './crypto.js'
import { malformed } from './errors.js'
import type { LogKey } from './ids.js'
import type { RoomKeys } from './room-keys.js'
import type { Signal } from './room-messages.js'

/** What the device signs, and how many bytes the signature takes in front of the body. */
const SIGNATURE_BYTES = 64

export interface SignalBody {
  readonly logKey: LogKey
  readonly counter: number
  /** ms since 1970 UTC. */
  readonly time: number
  readonly body: Buffer
}

export function sealSignal(room: RoomKeys, message: SignalBody, deviceSecretKey: Uint8Array): Signal {
  const signature = sign('signal', signedParts(room, message), deviceSecretKey)
  const nonce = randomBytes(NONCE_BYTES)
  const sealed = encrypt(Buffer.concat([signature, message.body]), room.roomId, nonce, room.signalKey)
  return { logKey: message.logKey, counter: message.counter, time: message.time, nonce, sealed }
}

/** The body; throws MALFORMED when it was not sealed for this room. `deviceKey` must have signed it. */
export function openSignal(room: RoomKeys, signal: Signal, deviceKey: Uint8Array): Buffer {
  const opened = decrypt(signal.sealed, room.roomId, signal.nonce, room.signalKey)
  if (!opened || opened.byteLength < SIGNATURE_BYTES) throw malformed('signal seal')
  const body = opened.subarray(SIGNATURE_BYTES)
  const parts = signedParts(room, { ...signal, body })
  if (!verify('signal', parts, opened.subarray(0, SIGNATURE_BYTES), deviceKey)) throw malformed('signal signature')
  return body
}

function signedParts(room: RoomKeys, message: SignalBody): Buffer[] {
  return [room.roomId, message.logKey, uint64le(message.counter), uint64le(message.time), message.body]
}
