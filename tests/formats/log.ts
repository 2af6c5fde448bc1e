/** A log as Hypercore writes it: the tree's hash and signature behind its blocks. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Corestore from 'corestore'
import { logKeyOf, logManifest } from '../../src-main/log/hypercore-internals.js'
import { signKeyPair } from '../../src-main/protocol/crypto.js'

/** Seed of the log's key pair and its blocks, in hex. */
export interface LogInput {
  readonly logSeed: string
  readonly blocks: readonly string[]
}

export async function writeLog({ logSeed, blocks }: LogInput) {
  const keyPair = signKeyPair(Buffer.from(logSeed, 'hex'))
  const folder = mkdtempSync(join(tmpdir(), 'mangrove-log-'))
  const store = new Corestore(folder)
  try {
    const core = store.get({
      key: logKeyOf(keyPair.publicKey),
      manifest: logManifest(keyPair.publicKey),
      active: false
    })
    await core.ready()
    await core.append(
      blocks.map((block) => Buffer.from(block, 'hex')),
      { keyPair }
    )
    return { length: core.length, treeHash: core.state.hash().toString('hex'), signature: hexOf(core.state.signature) }
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function hexOf(bytes: Buffer | null): string {
  return bytes?.toString('hex') ?? ''
}
