import { writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type Corestore from 'corestore'
import { expect, onTestFinished, test } from 'vitest'
import { WalSync } from '../../../src-main/log/wal-sync.js'
import { tempDir } from '../../helpers/temp.js'

/** A Corestore whose storage only says which file its write-ahead log is. */
async function scene() {
  const folder = tempDir()
  await mkdir(join(folder, 'db'))
  const asked: string[] = []
  const state = { file: '000001.log', asked }
  const currentWalFile = async () => {
    asked.push(state.file)
    return { path: state.file }
  }
  const write = (name: string) => writeFileSync(join(folder, 'db', name), 'entries')
  const sync = new WalSync({ storage: { rocks: { currentWalFile } } } as unknown as Corestore, folder)
  onTestFinished(() => sync.close())
  write(state.file)
  return { sync, state, write }
}

test('what was appended is synced, and who asks while a sync runs shares the next', async () => {
  const { sync, state } = await scene()
  const first = sync.synced()
  const others = [sync.synced(), sync.synced(), sync.synced()]
  expect(await Promise.all([first, ...others])).toEqual([true, true, true, true])
  expect(state.asked.length).toBe(2)
})

test('a log that moved on to another file is synced in both', async () => {
  const { sync, state, write } = await scene()
  expect(await sync.synced()).toBe(true)
  state.file = '000002.log'
  write(state.file)
  expect(await sync.synced()).toBe(true)
})

test('where it cannot be synced it says so and rejects nothing', async () => {
  const { sync, state, write } = await scene()
  state.file = 'missing.log'
  expect(await sync.synced()).toBe(false)
  write(state.file)
  expect(await sync.synced()).toBe(true)
})

test('after it is closed nobody is kept waiting', async () => {
  const { sync } = await scene()
  const before = sync.synced()
  sync.close()
  expect(await before).toBe(true)
  expect(await sync.synced()).toBe(false)
})
