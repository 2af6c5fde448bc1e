/** `mangrove root-peer`: an always-on replica that keeps what it cannot read. */
import hypercoreId from 'hypercore-id-encoding'
import { Bridge } from '../../bridge/bridge.js'
import { createLogger } from '../../lib/logger.js'
import { openRootPeerNode } from '../../node/root-peer-node.js'
import { SocketServer } from '../socket/server.js'
import { Lifetime } from './lifetime.js'
import type { HostOptions } from './options.js'
import { prepareStorage } from './storage.js'

/** Ends the process. The last line is the public key by which members add it. */
export async function runRootPeer(options: HostOptions): Promise<never> {
  const { port: _, ...nodeOptions } = options
  const logger = createLogger()
  const lifetime = new Lifetime(logger)
  return lifetime.run(async () => {
    prepareStorage(options.storage)
    const node = lifetime.own('node', await openRootPeerNode({ ...nodeOptions, logger }))
    const bridge = lifetime.own('bridge', new Bridge(node, logger))
    lifetime.own('socket', await SocketServer.listen(options.storage, bridge, logger))
    process.stdout.write('Keeps rooms for anyone who asks, up to its limits.\n')
    await lifetime.unlessStopped(node.ready())
    return `public key: ${hypercoreId.encode(node.publicKey)}`
  })
}
