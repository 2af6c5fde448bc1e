/** Copies and backups of profile folders as people make them, and a disk set back as machines do. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { tempDir } from './temp.js'

export const DATABASE = ['mangrove.db', 'mangrove.db-wal', 'mangrove.db-shm'] as const
export const CORES = ['cores'] as const

/** Corestore's own mark, by which it notices that its folder was copied. */
const DEVICE_FILE = join('cores', 'CORESTORE')

/** `cp -r` of everything in the folder, into a new one. */
export function copyOf(folder: string): string {
  const copy = tempDir()
  execFileSync('cp', ['-r', `${folder}/.`, copy])
  return copy
}

/** Everything is as it was when the backup was made. */
export function restore(backup: string, folder: string): void {
  restoreOnly(backup, folder, [...new Set([...readdirSync(folder), ...readdirSync(backup)])])
}

/** Only these files and folders are as they were. */
export function restoreOnly(backup: string, folder: string, names: readonly string[]): void {
  for (const name of names) {
    rmSync(join(folder, name), { recursive: true, force: true })
    if (existsSync(join(backup, name))) execFileSync('cp', ['-r', join(backup, name), join(folder, name)])
  }
}

/** The same in a way that Corestore cannot notice, as when a whole disk is set back to a snapshot. */
export function setBack(backup: string, folder: string, names?: readonly string[]): void {
  const kept = join(tempDir(), 'CORESTORE')
  renameSync(join(folder, DEVICE_FILE), kept)
  if (names) restoreOnly(backup, folder, names)
  else restore(backup, folder)
  mkdirSync(join(folder, 'cores'), { recursive: true })
  rmSync(join(folder, DEVICE_FILE), { force: true })
  renameSync(kept, join(folder, DEVICE_FILE))
}
