/** Who wrote a log: the identity certifies a device, the device certifies its log in a room (DESIGN §3). */
import { uint64le } from './bytes.js'
import { type KeyPair, sign, verify } from './crypto.js'
import type { Hello } from './entry.js'
import type { IdentityKey, LogKey, RoomId } from './ids.js'

export interface DeviceKeys {
  readonly signing: KeyPair
  readonly box: KeyPair
  readonly certifiedAt: number
  readonly cert: Buffer
}

/** cert = identity.sign(device: deviceKey ‖ deviceBoxKey ‖ createdAt u64le). */
export function certifyDevice(identity: KeyPair, deviceKey: Buffer, deviceBoxKey: Buffer, certifiedAt: number): Buffer {
  return sign('device', [deviceKey, deviceBoxKey, uint64le(certifiedAt)], identity.secretKey)
}

export function createHello(
  identityKey: IdentityKey,
  device: DeviceKeys,
  roomId: RoomId,
  logKey: LogKey,
  name: string
): Hello {
  return {
    type: 'hello',
    identityKey,
    deviceKey: device.signing.publicKey,
    deviceBoxKey: device.box.publicKey,
    certifiedAt: device.certifiedAt,
    cert: device.cert,
    logSignature: sign('log', [roomId, logKey], device.signing.secretKey),
    name
  }
}

/** True if the identity certified the device and the device this log of this room. */
export function verifyHello(hello: Hello, roomId: RoomId, logKey: LogKey): boolean {
  const certified = [hello.deviceKey, hello.deviceBoxKey, uint64le(hello.certifiedAt)]
  if (!verify('device', certified, hello.cert, hello.identityKey)) return false
  return verify('log', [roomId, logKey], hello.logSignature, hello.deviceKey)
}
