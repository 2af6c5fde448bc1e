/** The Chromium of tests: an installed Chrome or Chromium, else Playwright's own download. */
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findBrowser } from '../../src-main/hosts/web/find-browser.js'
import { type Teardown, withTest } from './temp.js'

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']

/** Throws a sentence that says what to do; `.ci/run` installs one by itself. */
export function chromiumPath(): string {
  const found = findBrowser() ?? chromium.executablePath()
  if (existsSync(found)) return found
  throw new Error('No Chrome or Chromium was found: install one, or run npx playwright install chromium.')
}

export async function launchChromium(teardown: Teardown = withTest, flags: string[] = []): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...FLAGS, ...flags] })
  teardown(() => browser.close())
  return browser
}

/** A page with storage of its own. */
export async function newPage(browser: Browser, teardown: Teardown = withTest): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ locale: 'en-US' })
  teardown(() => context.close())
  return context.newPage()
}
