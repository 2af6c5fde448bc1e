/** The hosts on which the same specs run: each gives a person a node and a window, as real processes. */
import { join } from 'node:path'
import { _electron, type Browser, type Page } from 'playwright-core'
import { newPage } from '../helpers/chromium.js'
import { ROOT } from '../helpers/cli.js'
import { startDesktop } from '../helpers/desktop.js'
import { spawnMangrove } from '../helpers/spawn-mangrove.js'
import { tempDir, withTest } from '../helpers/temp.js'

export interface Host {
  readonly name: string
  /** Starts the node on this profile; the window is ready when this resolves. */
  start(storage: string, bootstrap: string): Promise<Running>
}

export interface Running {
  readonly page: Page
  stop(): Promise<unknown>
}

/** The page of `mangrove serve` in a browser's tab. */
export function webHost(browser: () => Browser): Host {
  return {
    name: 'the web host',
    async start(storage, bootstrap) {
      const node = await spawnMangrove(['serve', '--bootstrap', bootstrap, '--bind', '127.0.0.1'], { storage })
      const page = await newPage(browser())
      await page.goto(node.url)
      return { page, stop: () => node.stop() }
    }
  }
}

export const electronDouble: Host = {
  name: 'electron, on the double',
  async start(storage, bootstrap) {
    const userData = tempDir()
    const desktop = startDesktop({ userData, env: envOf(storage, bootstrap) })
    return { page: await desktop.page(), stop: () => desktop.stop() }
  }
}

/** Where Electron's binary is. */
export function realElectron(binary: string): Host {
  return {
    name: 'electron',
    async start(storage, bootstrap) {
      const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
      const args = [...flags, `--user-data-dir=${tempDir()}`, ROOT]
      const env = { ...process.env, ...envOf(storage, bootstrap) } as Record<string, string>
      const app = await _electron.launch({ executablePath: binary, args, env })
      withTest(() => app.close())
      return { page: await app.firstWindow(), stop: () => app.close() }
    }
  }
}

function envOf(storage: string, bootstrap: string): Record<string, string> {
  return { STORAGE_DIR: join(storage), MANGROVE_BOOTSTRAP: bootstrap, MANGROVE_BIND: '127.0.0.1' }
}
