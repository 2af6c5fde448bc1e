import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeFolder } from '../../../src-main/lib/folders.js'
import { isWindows } from '../../helpers/platform.js'
import { tempDir } from '../../helpers/temp.js'

it.skipIf(isWindows)('makes a folder with its parents, private to this user, and takes one that is there', () => {
  const path = join(tempDir(), 'a', 'b', 'c')
  makeFolder(path)
  makeFolder(path)
  expect(statSync(path).mode & 0o777).toBe(0o700)
})

it('throws when a file is in the way', () => {
  const file = join(tempDir(), 'file')
  writeFileSync(file, '')
  expect(() => makeFolder(file)).toThrow()
  expect(() => makeFolder(join(file, 'below'))).toThrow()
})

it.skipIf(!existsSync('/proc/self'))('comes back from where no folder can ever be made', () => {
  expect(() => makeFolder('/proc/mangrove/profile')).toThrow()
})
