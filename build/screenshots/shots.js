/** The browser's side: pages at a size and in a scheme, and pictures of them. Violations of the policy are errors. */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { findBrowser } from '../../src-main/hosts/web/find-browser.ts'
import { root } from '../build.js'
import { NOW } from './story.js'

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--font-render-hinting=none']
export const WIDE = { width: 1180, height: 760 }
export const NARROW = { width: 500, height: 760 }
const FOLDER = join(root, 'docs/screenshots')

export class Studio {
  #browser
  /** What the console complained about. */
  complaints = []

  static async open() {
    const studio = new Studio()
    mkdirSync(FOLDER, { recursive: true })
    const found = findBrowser() ?? chromium.executablePath()
    if (!existsSync(found)) throw new Error('No Chrome or Chromium was found.')
    studio.#browser = await chromium.launch({ executablePath: found, args: FLAGS })
    return studio
  }

  /** A member's page. Without `member` one that has no session. */
  async page(origin, session, { size = WIDE, locale = 'en-GB', now = NOW } = {}) {
    const context = await this.#browser.newContext({
      viewport: size,
      colorScheme: 'light',
      locale,
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write']
    })
    const page = await context.newPage()
    page.on('console', (message) => this.#hear(message))
    page.on('pageerror', (error) => this.complaints.push(String(error)))
    if (now) await page.clock.setFixedTime(now)
    if (session) await page.addInitScript((secret) => sessionStorage.setItem('mangrove.session', secret), session)
    await page.goto(origin)
    return page
  }

  close() {
    return this.#browser.close()
  }

  #hear(message) {
    if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text())
  }
}

/** One picture of a page; colours and size are as the page has them. */
export async function shoot(page, name) {
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(250)
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled', caret: 'hide' })
}
