/** `mangrove serve`: a member's node with its local socket and its page. */
import { Bridge } from '../../bridge/bridge.js'
import { createLogger } from '../../lib/logger.js'
import { openMemberNode } from '../../node/member-node.js'
import { SocketServer } from '../socket/server.js'
import { openInBrowser } from '../web/browser.js'
import { WebHost } from '../web/web-host.js'
import { Lifetime } from './lifetime.js'
import type { HostOptions } from './options.js'
import { prepareStorage } from './storage.js'

/** Ends the process. The last line is the page's one-time URL. */
export async function runServe(options: HostOptions, page: { assets: string; open: boolean }): Promise<never> {
  const { port, ...nodeOptions } = options
  const logger = createLogger()
  const lifetime = new Lifetime(logger)
  return lifetime.run(async () => {
    prepareStorage(options.storage)
    const node = lifetime.own('node', await openMemberNode({ ...nodeOptions, logger }))
    const bridge = lifetime.own('bridge', new Bridge(node, logger))
    lifetime.own('socket', await SocketServer.listen(options.storage, bridge, logger))
    const web = lifetime.own('web', await WebHost.listen({ bridge, logger, port, assets: page.assets }))
    await lifetime.unlessStopped(node.ready())
    if (page.open) lifetime.own('browser', openInBrowser(web, logger))
    return web.createUrl()
  })
}
