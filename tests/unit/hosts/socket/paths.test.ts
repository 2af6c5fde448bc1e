import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { socketPaths } from '../../../../src-main/hosts/socket/paths.js'
import { isWindows } from '../../../helpers/platform.js'
import { tempDir } from '../../../helpers/temp.js'

const linux = { platform: 'linux' as const, runtimeDir: '/run/user/7', tmp: '/tmp' }
const long = `/home/alice/${'folder/'.repeat(20)}`

it('is a named pipe by the hash of the folder on Windows', () => {
  expect(socketPaths('/srv/profile', { ...linux, platform: 'win32' })[0]).toMatch(
    /^\\\\\.\\pipe\\mangrove-[0-9a-f]{32}$/
  )
})

describe.skipIf(isWindows)('on other systems the socket', () => {
  it('is in the profile as long as its path is short enough', () => {
    expect(socketPaths('/srv/profile', linux)).toEqual(['/srv/profile/mangrove.sock'])
  })

  it('is in a private folder of XDG_RUNTIME_DIR, else of the temporary folder, for a long path', () => {
    const [first = '', second = ''] = socketPaths(long, linux)
    expect(first).toMatch(/^\/run\/user\/7\/mangrove\/[0-9a-f]{32}\.sock$/)
    expect(second).toMatch(/^\/tmp\/mangrove-\d+\/[0-9a-f]{32}\.sock$/)
    expect(socketPaths(long, { ...linux, runtimeDir: undefined })).toEqual(
      socketPaths(long, { ...linux, runtimeDir: '' })
    )
    expect(socketPaths(`${long}x`, linux)[0]).not.toBe(first)
  })

  it('is the same over a symbolic link', () => {
    const folder = tempDir()
    mkdirSync(join(folder, 'real'))
    symlinkSync(join(folder, 'real'), join(folder, 'link'))
    expect(socketPaths(join(folder, 'link'), linux)).toEqual(socketPaths(join(folder, 'real'), linux))
  })
})
