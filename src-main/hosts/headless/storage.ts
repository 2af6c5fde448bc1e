/** The profile's folder, before a node opens it: made here, so that a path that cannot exist is refused at once. */
import { MangroveError } from '../../lib/errors.js'
import { makeFolder } from '../../lib/folders.js'

/** Throws STORAGE_FULL or STORAGE_UNWRITABLE. */
export function prepareStorage(folder: string): void {
  try {
    makeFolder(folder)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw new MangroveError('STORAGE_FULL', `There is no space left for ${folder}.`, { cause })
    }
    throw new MangroveError('STORAGE_UNWRITABLE', `${folder} cannot be made or written.`, { cause })
  }
}
