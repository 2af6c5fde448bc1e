import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Profile } from '../../../src-main/node/profile.js'
import { tempDir } from '../../helpers/temp.js'

const unwritable = expect.objectContaining({ code: 'STORAGE_UNWRITABLE' })

async function openProfile(folder = join(tempDir(), 'profile')): Promise<Profile> {
  const profile = await Profile.open(folder)
  onTestFinished(() => profile.close())
  return profile
}

test('a profile is made for its owner alone', async () => {
  const { folder } = await openProfile()
  if (process.platform === 'win32') return
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, 'lock')).mode & 0o777).toBe(0o600)
})

test('one process owns a profile: a second open is refused until the first is closed', async () => {
  const first = await openProfile()
  await expect(Profile.open(first.folder)).rejects.toMatchObject({ code: 'PROFILE_IN_USE' })
  await first.close()
  await openProfile(first.folder)
})

test('a lock file that a killed process left behind hinders nobody', async () => {
  const folder = tempDir()
  writeFileSync(join(folder, 'lock'), '')
  await openProfile(folder)
})

test('a folder that cannot be made or written is a typed error', async () => {
  const file = join(tempDir(), 'file')
  writeFileSync(file, '')
  await expect(Profile.open(file)).rejects.toEqual(unwritable)
  await expect(Profile.open(join(file, 'below'))).rejects.toEqual(unwritable)
})

test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
  'a folder without leave to write is a typed error',
  async () => {
    const folder = tempDir()
    chmodSync(folder, 0o500)
    await expect(Profile.open(folder)).rejects.toEqual(unwritable)
    chmodSync(folder, 0o700)
  }
)

test('keys are made once, kept for their owner alone, and differ from each other', async () => {
  const profile = await openProfile()
  const [node, database] = [profile.nodeKey(), profile.databaseKey()]
  expect(profile.nodeKey()).toEqual(node)
  expect(profile.databaseKey()).toEqual(database)
  expect(readFileSync(profile.file('node.key'))).not.toEqual(database)
  if (process.platform === 'win32') return
  for (const name of ['node.key', 'database.key']) expect(statSync(profile.file(name)).mode & 0o777).toBe(0o600)
})

test('a renewed node key is another one, and stays', async () => {
  const profile = await openProfile()
  const before = profile.nodeKey()
  const after = profile.renewNodeKey()
  expect(after.publicKey).not.toEqual(before.publicKey)
  expect(profile.nodeKey()).toEqual(after)
})

test('a missing node key is made anew', async () => {
  const profile = await openProfile()
  const before = profile.nodeKey()
  rmSync(profile.file('node.key'))
  expect(profile.nodeKey().publicKey).not.toEqual(before.publicKey)
})

for (const name of ['node.key', 'database.key']) {
  test(`a damaged ${name} is a typed error and is left as it is`, async () => {
    const profile = await openProfile()
    const damaged = Buffer.from('half of i')
    writeFileSync(profile.file(name), damaged)
    const read = () => (name === 'node.key' ? profile.nodeKey() : profile.databaseKey())
    expect(read).toThrow(unwritable)
    expect(readFileSync(profile.file(name))).toEqual(damaged)
  })
}

test('a folder where a key should be is a typed error', async () => {
  const profile = await openProfile()
  mkdirSync(profile.file('node.key'))
  expect(() => profile.nodeKey()).toThrow(unwritable)
})

test('a database key that is missing beside its database is not made anew', async () => {
  const profile = await openProfile()
  writeFileSync(profile.file('mangrove.db'), 'encrypted')
  expect(() => profile.databaseKey()).toThrow(unwritable)
  expect(existsSync(profile.file('database.key'))).toBe(false)
})
