/** `mangrove serve`: a member's node with its local socket and its page. */
import { join } from 'node:path'
import { Bridge } from '../../bridge/bridge.js'
import { createLogger, type Logger } from '../../lib/logger.js'
import { openMemberNode } from '../../node/member-node.js'
import { SocketServer } from '../socket/server.js'
import { AppWindow } from '../web/app-window.js'
import { openInBrowser } from '../web/browser.js'
import { findBrowser } from '../web/find-browser.js'
import { WebHost } from '../web/web-host.js'
import { WebMemory } from '../web/web-memory.js'
import { type Closable, Lifetime } from './lifetime.js'
import type { HostOptions } from './options.js'
import { prepareStorage } from './storage.js'

/** The window is told at once; a token that nobody takes does not stay good. */
const WINDOW_TOKEN_MS = 30_000

export interface PageOptions {
  /** The folder of the built page. */
  assets: string
  /** In the person's browser, in a window of its own, or not at all. */
  open: 'browser' | 'window' | null
}

/** Ends the process. The last line is the page's one-time URL. */
export async function runServe(options: HostOptions, page: PageOptions): Promise<never> {
  const { port, ...nodeOptions } = options
  const logger = createLogger()
  const lifetime = new Lifetime(logger)
  return lifetime.run(async () => {
    prepareStorage(options.storage)
    const node = lifetime.own('node', await openMemberNode({ ...nodeOptions, logger }))
    const bridge = lifetime.own('bridge', new Bridge(node, logger))
    lifetime.own('socket', await SocketServer.listen(options.storage, bridge, logger))
    const memory = new WebMemory(options.storage, logger)
    const web = lifetime.own('web', await WebHost.listen({ bridge, logger, port, assets: page.assets, memory }))
    await lifetime.unlessStopped(node.ready())
    if (page.open === 'browser') lifetime.own('browser', openInBrowser(web, logger))
    if (page.open === 'window') lifetime.own('window', openWindow(web, options.storage, lifetime, logger))
    return web.createUrl()
  })
}

/** Closing the window ends Mangrove. Without a browser the printed URL has to do. */
function openWindow(web: WebHost, storage: string, lifetime: Lifetime, logger: Logger): Closable {
  const browser = findBrowser()
  if (!browser) {
    process.stderr.write('mangrove: there is no Chrome or Chromium for a window; open the URL instead.\n')
    return { close: () => undefined }
  }
  const folder = join(storage, 'browser')
  return new AppWindow({ browser, folder, url: web.createUrl(WINDOW_TOKEN_MS), logger, onClosed: () => lifetime.end() })
}
