import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type MarkStore, RunMark, stateFolder } from '../../../src-main/node/run-mark.js'
import { tempDir } from '../../helpers/temp.js'

type Marks = Map<'confirmed' | 'pending', string>

/** A profile's side of the mark; `crashAt` is the write that no longer happens. */
function marksIn(marks: Marks, crashAt?: 'confirmed' | 'pending'): MarkStore {
  return {
    get: (name) => marks.get(name) ?? null,
    set: (name, value) => {
      if (name === crashAt) throw new Error('the process ends here')
      marks.set(name, value)
    }
  }
}

/** A state folder of this test's own. */
function ownState(): string {
  const before = process.env.MANGROVE_STATE_DIR
  const folder = tempDir()
  process.env.MANGROVE_STATE_DIR = folder
  onTestFinished(() => {
    process.env.MANGROVE_STATE_DIR = before
  })
  return folder
}

test('a profile that never ran is no copy, and neither is one that runs again where it ran', () => {
  ownState()
  const [folder, marks] = [tempDir(), new Map() as Marks]
  const mark = () => new RunMark(folder, marksIn(marks))
  expect(mark().isCopy()).toBe(false)
  for (let run = 0; run < 3; run++) {
    mark().renew()
    expect(mark().isCopy()).toBe(false)
  }
})

test('each start has a mark of its own', () => {
  ownState()
  const [folder, marks] = [tempDir(), new Map() as Marks]
  const seen = new Set<string | undefined>()
  for (let run = 0; run < 3; run++) {
    new RunMark(folder, marksIn(marks)).renew()
    seen.add(marks.get('confirmed'))
  }
  expect(seen.size).toBe(3)
})

for (const crashAt of ['pending', 'confirmed'] as const) {
  test(`a crash before the ${crashAt} mark was kept is not taken for a copy`, () => {
    ownState()
    const [folder, marks] = [tempDir(), new Map() as Marks]
    new RunMark(folder, marksIn(marks)).renew()
    expect(() => new RunMark(folder, marksIn(marks, crashAt)).renew()).toThrow()
    expect(new RunMark(folder, marksIn(marks)).isCopy()).toBe(false)
  })
}

test('a crash before the mark outside was kept is not taken for a copy, at the first start and later', () => {
  const state = ownState()
  const [folder, marks] = [tempDir(), new Map() as Marks]
  new RunMark(folder, marksIn(marks)).renew()
  const unwritable = join(state, 'file')
  writeFileSync(unwritable, '')
  process.env.MANGROVE_STATE_DIR = join(unwritable, 'below')
  const stuck = new RunMark(folder, marksIn(marks))
  process.env.MANGROVE_STATE_DIR = state
  expect(() => stuck.renew()).toThrow(expect.objectContaining({ code: 'STORAGE_UNWRITABLE' }))
  expect(new RunMark(folder, marksIn(marks)).isCopy()).toBe(false)
})

test('a profile in another place is a copy', () => {
  ownState()
  const marks: Marks = new Map()
  new RunMark(tempDir(), marksIn(marks)).renew()
  expect(new RunMark(tempDir(), marksIn(marks)).isCopy()).toBe(true)
})

test('an older state of the profile in its own place is a copy', () => {
  ownState()
  const [folder, marks] = [tempDir(), new Map() as Marks]
  new RunMark(folder, marksIn(marks)).renew()
  const backup: Marks = new Map(marks)
  new RunMark(folder, marksIn(marks)).renew()
  expect(new RunMark(folder, marksIn(backup)).isCopy()).toBe(true)
})

test('a profile whose state folder is missing is a copy, as on another machine', () => {
  const state = ownState()
  const [folder, marks] = [tempDir(), new Map() as Marks]
  new RunMark(folder, marksIn(marks)).renew()
  for (const name of readdirSync(state)) rmSync(join(state, name))
  expect(new RunMark(folder, marksIn(marks)).isCopy()).toBe(true)
  rmSync(state, { recursive: true })
  const mark = new RunMark(folder, marksIn(marks))
  expect(mark.isCopy()).toBe(true)
  mark.renew()
  expect(new RunMark(folder, marksIn(marks)).isCopy()).toBe(false)
})

test('the state folder is the one the environment names, else the system’s', () => {
  expect(stateFolder({ MANGROVE_STATE_DIR: '/var/somewhere' })).toBe('/var/somewhere')
  if (process.platform !== 'linux') return
  expect(stateFolder({ XDG_STATE_HOME: '/var/state' })).toBe('/var/state/mangrove')
  expect(stateFolder({})).toMatch(/\.local\/state\/mangrove$/)
})
