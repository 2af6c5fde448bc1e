/**
 * This person's identity and this device. Secrets lie in the vault that node/ hands in (the encrypted database); the
 * identity key certifies devices and signs nothing else.
 */
import { MangroveError } from '../lib/errors.js'
import { boxKeyPair, type KeyPair, signKeyPair } from '../protocol/crypto.js'
import type { Hello } from '../protocol/entry.js'
import { certifyDevice, createHello, type DeviceKeys } from '../protocol/identity.js'
import type { IdentityKey, LogKey, RoomId } from '../protocol/ids.js'
import type { RoomKeys } from '../protocol/room-keys.js'
import type { Signal } from '../protocol/room-messages.js'
import { type SignalBody, sealSignal } from '../protocol/signal.js'

/** Where secrets are kept. `durable` runs the writes as one synced transaction. */
export interface Vault {
  secret(name: string): Buffer | null
  setSecret(name: string, value: Buffer): void
  durable(work: () => void): void
}

export class Account {
  readonly identityKey: IdentityKey
  readonly name: string
  readonly #device: DeviceKeys

  private constructor(identityKey: IdentityKey, name: string, device: DeviceKeys) {
    this.identityKey = identityKey
    this.name = name
    this.#device = device
  }

  /** The account in the vault, or null if none was made yet. */
  static load(vault: Vault): Account | null {
    const identity = vault.secret('identity.public')
    const name = vault.secret('account.name')
    const device = loadDevice(vault)
    return identity && name && device ? new Account(identity, name.toString('utf8'), device) : null
  }

  /** Throws ACCOUNT_EXISTS. */
  static create(vault: Vault, name: string, now: number): Account {
    if (Account.load(vault)) throw new MangroveError('ACCOUNT_EXISTS', 'This profile has an account already.')
    const identity = signKeyPair()
    const device = createDevice(identity, now)
    vault.durable(() => {
      saveKeyPair(vault, 'identity', identity)
      vault.setSecret('account.name', Buffer.from(name, 'utf8'))
      saveDevice(vault, device)
    })
    return new Account(identity.publicKey, name, device)
  }

  /** After a copy or restore: the same identity on a new device with keys of its own. Call inside `durable`. */
  static renewDevice(vault: Vault, now: number): void {
    const identity = loadKeyPair(vault, 'identity')
    if (identity) saveDevice(vault, createDevice(identity, now))
  }

  /** The first entry of a log of this device. */
  hello(roomId: RoomId, logKey: LogKey): Hello {
    return createHello(this.identityKey, this.#device, roomId, logKey, this.name)
  }

  sealSignal(room: RoomKeys, message: SignalBody): Signal {
    return sealSignal(room, message, this.#device.signing.secretKey)
  }
}

function createDevice(identity: KeyPair, now: number): DeviceKeys {
  const signing = signKeyPair()
  const box = boxKeyPair()
  const cert = certifyDevice(identity, signing.publicKey, box.publicKey, now)
  return { signing, box, certifiedAt: now, cert }
}

function saveDevice(vault: Vault, device: DeviceKeys): void {
  saveKeyPair(vault, 'device', device.signing)
  saveKeyPair(vault, 'device.box', device.box)
  vault.setSecret('device.cert', device.cert)
  vault.setSecret('device.certifiedAt', Buffer.from(String(device.certifiedAt)))
}

function loadDevice(vault: Vault): DeviceKeys | null {
  const signing = loadKeyPair(vault, 'device')
  const box = loadKeyPair(vault, 'device.box')
  const cert = vault.secret('device.cert')
  const certifiedAt = vault.secret('device.certifiedAt')
  return signing && box && cert && certifiedAt ? { signing, box, cert, certifiedAt: Number(certifiedAt) } : null
}

function saveKeyPair(vault: Vault, name: string, pair: KeyPair): void {
  vault.setSecret(`${name}.public`, pair.publicKey)
  vault.setSecret(`${name}.secret`, pair.secretKey)
}

function loadKeyPair(vault: Vault, name: string): KeyPair | null {
  const publicKey = vault.secret(`${name}.public`)
  const secretKey = vault.secret(`${name}.secret`)
  return publicKey && secretKey ? { publicKey, secretKey } : null
}
