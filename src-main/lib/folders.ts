/** Makes folders. Node's own recursive mkdir never returns under /proc and the like, so parents are made one by one. */
import { lstatSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The folder with its parents; what is missing is made with `mode`. Throws the system's error. */
export function makeFolder(path: string, mode = 0o700): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return
  const parent = dirname(path)
  if (parent !== path && !lstatSync(parent, { throwIfNoEntry: false })) makeFolder(parent, mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(path).isDirectory()) throw error
  }
}
