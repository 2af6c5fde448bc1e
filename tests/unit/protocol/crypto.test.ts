import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  decrypt,
  encrypt,
  hash,
  kdf,
  randomBytes,
  type SignatureUse,
  sign,
  verify
} from '../../../src-main/protocol/crypto.js'
import { count, identity, nonce } from '../../formats/inputs.js'
import { anyBytes, bytesOf, RUNS } from './fuzz.js'

const USES: SignatureUse[] = [
  'device',
  'log',
  'roster-room',
  'roster-log',
  'retired',
  'grant',
  'signal',
  'credential',
  'revoke'
]

it('takes no signature for another use', () => {
  for (const made of USES) {
    const signature = sign(made, [count(32, 1)], identity.secretKey)
    for (const use of USES) expect(verify(use, [count(32, 1)], signature, identity.publicKey)).toBe(use === made)
  }
})

it('finds a signature or key of the wrong size not valid instead of throwing', () => {
  const signature = sign('log', [], identity.secretKey)
  expect(verify('log', [], signature.subarray(1), identity.publicKey)).toBe(false)
  expect(verify('log', [], Buffer.concat([signature, signature]), identity.publicKey)).toBe(false)
  expect(verify('log', [], signature, identity.publicKey.subarray(1))).toBe(false)
  expect(verify('log', [], signature, Buffer.alloc(32))).toBe(false)
})

it('never throws on any signature, key and message', () => {
  fc.assert(
    fc.property(anyBytes(70), anyBytes(40), anyBytes(), (signature, key, part) => {
      expect(verify('log', [part], signature, key)).toBe(false)
    }),
    RUNS
  )
  fc.assert(
    fc.property(bytesOf(64), bytesOf(32), (signature, key) => {
      expect(verify('log', [], signature, key)).toBe(false)
    }),
    RUNS
  )
})

it('decrypts only with the same key, nonce and additional data', () => {
  const [key, aad, plaintext] = [count(32, 1), count(8, 2), count(50, 3)]
  const ciphertext = encrypt(plaintext, aad, nonce, key)
  expect(decrypt(ciphertext, aad, nonce, key)).toEqual(plaintext)
  expect(decrypt(ciphertext, aad, nonce, count(32, 2))).toBeNull()
  expect(decrypt(ciphertext, aad, count(24, 1), key)).toBeNull()
  expect(decrypt(ciphertext, count(8, 3), nonce, key)).toBeNull()
  expect(decrypt(ciphertext.subarray(0, 15), aad, nonce, key)).toBeNull()
  expect(decrypt(ciphertext.subarray(0, 16), aad, nonce, key)).toBeNull()
})

it('derives other keys for other purposes and from other keys', () => {
  const keys = [kdf(count(32, 1), 'a'), kdf(count(32, 1), 'b'), kdf(count(32, 2), 'a'), hash([Buffer.from('a')])]
  expect(new Set(keys.map(String)).size).toBe(4)
  expect(hash([Buffer.from('a'), Buffer.from('b')])).toEqual(hash([Buffer.from('ab')]))
})

it('makes random bytes of the length asked for', () => {
  expect(randomBytes(24)).toHaveLength(24)
  expect(randomBytes(24)).not.toEqual(randomBytes(24))
})
