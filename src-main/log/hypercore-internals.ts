/**
 * The one file that reaches into Hypercore's own modules (pinned: 11.37.1): trees at a length, and whether a signature
 * is the log's over them, and how a log is removed. All but the last only reads.
 */
import Hypercore from 'hypercore'
import caps from 'hypercore/lib/caps.js'
import Verifier from 'hypercore/lib/verifier.js'
import { equal } from '../protocol/bytes.js'
import type { LogKey } from '../protocol/ids.js'

export function logManifest(signerPublicKey: Uint8Array) {
  return { version: 1, signers: [{ publicKey: signerPublicKey }] }
}

/** The key of the log that this signer writes: Hypercore's hash of its manifest. */
export function logKeyOf(signerPublicKey: Uint8Array): LogKey {
  return Hypercore.key(logManifest(signerPublicKey))
}

/** True if `logKey` is the log of that signer. To be asked before a log is opened: a wrong manifest stays for good. */
export function isLogOf(logKey: LogKey, signerPublicKey: Uint8Array): boolean {
  return equal(logKeyOf(signerPublicKey), logKey)
}

/** Checks tree heads of one log, also of lengths that are not here. */
export class HeadVerifier {
  readonly #verifier: InstanceType<typeof Verifier>

  constructor(logKey: LogKey, signerPublicKey: Uint8Array) {
    const manifest = Hypercore.parseManifest(logManifest(signerPublicKey))
    this.#verifier = new Verifier(logKey, manifest)
  }

  /** True if the log's key signed a tree of this hash and length (fork 0). Never throws. */
  verify(treeHash: Buffer, length: number, signature: Buffer): boolean {
    const tree = {
      length,
      fork: 0,
      hash: () => treeHash,
      signable: (context: Buffer) => caps.treeSignable(context, treeHash, length, 0)
    }
    try {
      return this.#verifier.verify(tree, signature)
    } catch {
      return false
    }
  }
}

/**
 * Removes a log from its Corestore. Hypercore's own purge() calls what this version does not have; so the last session
 * is closed, then what the Corestore keeps open for the next one, then what is stored is deleted.
 */
export async function purge(core: Hypercore): Promise<void> {
  const { core: pointer, store } = core.state.storage
  await core.close()
  await core.core.close()
  await store.deleteCore(pointer)
}

/** The tree hash at a length up to the log's own; never waits for the network. */
export async function treeHashAt(core: Hypercore, length: number): Promise<Buffer> {
  if (length === core.length) return core.state.hash()
  const batch = core.state.createTreeBatch()
  await batch.restore(length)
  return batch.hash()
}

/** The hash of the tree that `blocks` behind the first `start` of this log would give. */
export async function treeHashWith(core: Hypercore, start: number, blocks: readonly Buffer[]): Promise<Buffer> {
  const batch = core.state.createTreeBatch()
  await batch.restore(start)
  for (const block of blocks) batch.append(block)
  return batch.hash()
}

/** Blocks `from` up to, not including, `to`, in one read of the storage; null for one that is not here. */
export async function storedBlocks(core: Hypercore, from: number, to: number): Promise<(Buffer | null)[]> {
  if (core.closing) throw new Error('The log is closed')
  const reader = core.state.storage.read()
  const blocks = Array.from({ length: to - from }, (_, i) => reader.getBlock(from + i))
  reader.tryFlush()
  return Promise.all(blocks)
}
