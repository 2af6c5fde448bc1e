/** Files that survive a crash whole: written beside, synced, renamed, and the folder synced. */
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** A crash leaves the old file or the new one. Readable by this user only. Throws the system's error. */
export function writeDurably(file: string, bytes: Uint8Array): void {
  const beside = `${file}.new`
  const descriptor = openSync(beside, 'w', 0o600)
  try {
    writeSync(descriptor, bytes)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(beside, file)
  syncFolder(dirname(file))
}

/** Without it a power cut could undo a rename. Windows does not open folders and needs none. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
