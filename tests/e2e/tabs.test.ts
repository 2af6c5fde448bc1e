/** What only a browser's tabs can do: outlive their node, be reloaded, and be more than one. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium, newPage } from '../helpers/chromium.js'
import { type LocalDht, localDht } from '../helpers/local-dht.js'
import { type SpawnOptions, spawnMangrove } from '../helpers/spawn-mangrove.js'
import { Person } from './person.js'

const ROOM = 'Reading group'

let browser: Browser
let dht: LocalDht

beforeAll(async () => {
  browser = await launchChromium(afterAll)
  dht = await localDht(afterAll)
})

const serve = (options?: SpawnOptions) =>
  spawnMangrove(['serve', '--bootstrap', dht.flag, '--bind', '127.0.0.1'], options)

async function open(url: string): Promise<Person> {
  const page = await newPage(browser)
  await page.goto(url)
  return new Person(page)
}

/** As a browser duplicates a tab: with the session of the first. */
async function duplicate(page: Page): Promise<Person> {
  const opened = page.waitForEvent('popup')
  await page.evaluate(() => void window.open('/'))
  return new Person(await opened)
}

it('goes on by itself when the node restarts, and keeps what was being typed', async () => {
  const node = await serve()
  const alice = await open(node.url)
  await alice.begin('Alice')
  await alice.startRoom(ROOM)
  await alice.say(ROOM, 'Before the restart.')
  await alice.sees('Before the restart.', 'saved')
  await alice.composer(ROOM).fill('Half a sentence')
  await node.kill()
  const band = alice.page.getByText('Mangrove on this computer does not answer; trying again.')
  await band.waitFor()
  await serve({ storage: node.storage })
  await band.waitFor({ state: 'hidden' })
  expect(await alice.composer(ROOM).inputValue()).toBe('Half a sentence')
  await alice.composer(ROOM).press('Enter')
  await alice.reads('Half a sentence')
  await alice.reads('Before the restart.')
})

it('is the same after a reload, and its link opens nothing twice', async () => {
  const node = await serve()
  const alice = await open(node.url)
  await alice.begin('Alice')
  await alice.startRoom(ROOM)
  await alice.page.reload()
  await alice.open(ROOM)
  expect(alice.page.url()).not.toContain('token')
  const other = await open(node.url)
  await other.page.getByText('This page is closed').waitFor()
  expect(await other.page.getByText('Alice').count()).toBe(0)
})

it('shows the same in two tabs', async () => {
  const node = await serve()
  const first = await open(node.url)
  await first.begin('Alice')
  await first.startRoom(ROOM)
  const second = await duplicate(first.page)
  await second.open(ROOM)
  await second.say(ROOM, 'From the second tab.')
  await first.reads('From the second tab.')
  await first.say(ROOM, 'From the first.')
  await second.reads('From the first.')
})
