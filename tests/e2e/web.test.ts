import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchChromium } from '../helpers/chromium.js'
import { webHost } from './hosts.js'
import { describeApp } from './scenarios.js'

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium(afterAll)
})

describeApp(webHost(() => browser))
