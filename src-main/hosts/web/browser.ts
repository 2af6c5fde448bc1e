/**
 * Opens the page in this user's browser. Arguments of a process can be read by other users, so the browser is given
 * a private file that leads to the one-time URL, never the URL itself.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Logger } from '../../lib/logger.js'
import type { WebHost } from './web-host.js'

const TOKEN_TTL_MS = 30_000

/** Never throws; a machine without a browser still has the printed URL. Closing removes the file. */
export function openInBrowser(web: Pick<WebHost, 'createUrl'>, logger: Logger): { close(): void } {
  const folder = mkdtempSync(join(process.env.XDG_RUNTIME_DIR ?? tmpdir(), 'mangrove-open-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const timer = setTimeout(remove, TOKEN_TTL_MS)
  const file = join(folder, 'open.html')
  writeFileSync(file, `<!doctype html><meta http-equiv="refresh" content="0;url=${web.createUrl(TOKEN_TTL_MS)}">`, {
    mode: 0o600
  })
  start(file, logger)
  return {
    close() {
      clearTimeout(timer)
      remove()
    }
  }
}

function start(file: string, logger: Logger): void {
  const [command = '', ...args] = openerOf(process.platform, file)
  const child = spawn(command, args, { detached: true, stdio: 'ignore' })
  child.once('error', (err) => logger.warn({ err }, 'no browser could be started; open the printed URL'))
  child.unref()
}

function openerOf(platform: NodeJS.Platform, file: string): string[] {
  if (platform === 'darwin') return ['open', file]
  if (platform === 'win32') return ['explorer.exe', file]
  return ['xdg-open', file]
}
