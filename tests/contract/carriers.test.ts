/** The suite against every carrier that there is: direct calls, the local socket, the web host. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Bridge, type Reply } from '../../src-main/bridge/bridge.js'
import { SocketClient } from '../../src-main/hosts/socket/client.js'
import { SocketServer } from '../../src-main/hosts/socket/server.js'
import { WebHost } from '../../src-main/hosts/web/web-host.js'
import { type FakeNode, silent } from '../helpers/fake-node.js'
import { tempDir, withTest } from '../helpers/temp.js'
import { WebClient } from '../helpers/web-client.js'
import { type Carrier, describeCarrier } from './suite.js'

function unwrap(reply: Reply): unknown {
  if ('error' in reply) throw reply.error
  return reply.result
}

async function inProcess(node: FakeNode): Promise<Carrier> {
  const bridge = new Bridge(node, silent)
  return {
    call: async (command, args) => unwrap(await bridge.call(command, args)),
    onEvent: (listener) => void bridge.subscribe(listener)
  }
}

async function overSocket(node: FakeNode): Promise<Carrier> {
  const storage = tempDir()
  const server = await SocketServer.listen(storage, new Bridge(node, silent), silent)
  withTest(() => server.close())
  const client = await SocketClient.connect(storage)
  withTest(() => client.close())
  return { call: (command, args) => client.call(command, args) }
}

async function overWeb(node: FakeNode): Promise<Carrier> {
  const assets = tempDir()
  writeFileSync(join(assets, 'index.html'), '')
  const web = await WebHost.listen({ bridge: new Bridge(node, silent), logger: silent, port: 0, assets })
  withTest(() => web.close())
  const client = await WebClient.open(web.createUrl())
  return {
    call: async (command, args) => unwrap((await client.call(command, args)) as Reply),
    onEvent: (listener) => client.onEvent(listener)
  }
}

describeCarrier('direct calls', inProcess)
describeCarrier('the local socket', overSocket)
describeCarrier('the web host', overWeb)
