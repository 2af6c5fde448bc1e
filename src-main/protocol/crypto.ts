/** The primitives, each named once: BLAKE2b-256, Ed25519, X25519 sealed boxes, XChaCha20-Poly1305 (libsodium). */
import sodium from 'sodium-native'

export interface KeyPair {
  readonly publicKey: Buffer
  readonly secretKey: Buffer
}

/** What a signature of ours is for; the use is part of what is signed, so none can be taken for another. */
export type SignatureUse =
  | 'device'
  | 'log'
  | 'roster-room'
  | 'roster-log'
  | 'retired'
  | 'grant'
  | 'signal'
  | 'credential'
  | 'revoke'

export function randomBytes(length: number): Buffer {
  const out = Buffer.alloc(length)
  sodium.randombytes_buf(out)
  return out
}

/** BLAKE2b-256 over the parts, one after the other, keyed if a key (16 to 64 bytes) is given. 32 bytes. */
export function hash(parts: readonly Uint8Array[], key?: Uint8Array): Buffer {
  const out = Buffer.alloc(32)
  if (key) sodium.crypto_generichash_batch(out, parts, key)
  else sodium.crypto_generichash_batch(out, parts)
  return out
}

/** kdf(key, purpose) = keyed BLAKE2b-256 over the purpose string. 32 bytes. */
export function kdf(key: Uint8Array, purpose: string): Buffer {
  return hash([Buffer.from(purpose)], key)
}

export function signKeyPair(seed?: Uint8Array): KeyPair {
  const publicKey = Buffer.alloc(sodium.crypto_sign_PUBLICKEYBYTES)
  const secretKey = Buffer.alloc(sodium.crypto_sign_SECRETKEYBYTES)
  if (seed) sodium.crypto_sign_seed_keypair(publicKey, secretKey, seed)
  else sodium.crypto_sign_keypair(publicKey, secretKey)
  return { publicKey, secretKey }
}

export function boxKeyPair(): KeyPair {
  const publicKey = Buffer.alloc(sodium.crypto_box_PUBLICKEYBYTES)
  const secretKey = Buffer.alloc(sodium.crypto_box_SECRETKEYBYTES)
  sodium.crypto_box_keypair(publicKey, secretKey)
  return { publicKey, secretKey }
}

function signable(use: SignatureUse, parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat([Buffer.from(`mangrove/${use}/1`), ...parts])
}

/** Ed25519 over 'mangrove/<use>/1' followed by the parts. 64 bytes. */
export function sign(use: SignatureUse, parts: readonly Uint8Array[], secretKey: Uint8Array): Buffer {
  const signature = Buffer.alloc(sodium.crypto_sign_BYTES)
  sodium.crypto_sign_detached(signature, signable(use, parts), secretKey)
  return signature
}

/** Never throws: a signature or key of the wrong size is simply not valid. */
export function verify(
  use: SignatureUse,
  parts: readonly Uint8Array[],
  signature: Uint8Array,
  publicKey: Uint8Array
): boolean {
  if (signature.byteLength !== sodium.crypto_sign_BYTES) return false
  if (publicKey.byteLength !== sodium.crypto_sign_PUBLICKEYBYTES) return false
  return sodium.crypto_sign_verify_detached(signature, signable(use, parts), publicKey)
}

export const NONCE_BYTES = 24
export const MAC_BYTES = 16

/** XChaCha20-Poly1305 (IETF); returns ciphertext with the MAC behind it. */
export function encrypt(plaintext: Uint8Array, aad: Uint8Array, nonce: Uint8Array, key: Uint8Array): Buffer {
  const out = Buffer.alloc(plaintext.byteLength + MAC_BYTES)
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(out, plaintext, aad, null, nonce, key)
  return out
}

/** The plaintext, or null if the key, nonce, data or additional data is not what was encrypted. */
export function decrypt(ciphertext: Uint8Array, aad: Uint8Array, nonce: Uint8Array, key: Uint8Array): Buffer | null {
  if (ciphertext.byteLength < MAC_BYTES) return null
  const out = Buffer.alloc(ciphertext.byteLength - MAC_BYTES)
  try {
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(out, null, ciphertext, aad, nonce, key)
    return out
  } catch {
    return null
  }
}
