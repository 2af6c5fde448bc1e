/**
 * `mangrove demo`: two people and a root peer on one machine, on a DHT that nothing leaves. For trying Mangrove alone;
 * screenshots and specs start from it as well.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import hypercoreId from 'hypercore-id-encoding'
import { Bridge } from '../../bridge/bridge.js'
import { createLogger, type Logger } from '../../lib/logger.js'
import { openLocalDht } from '../../node/local-dht.js'
import { openMemberNode } from '../../node/member-node.js'
import type { HostPort } from '../../node/options.js'
import { openRootPeerNode } from '../../node/root-peer-node.js'
import { SocketServer } from '../socket/server.js'
import { openInBrowser } from '../web/browser.js'
import { WebHost } from '../web/web-host.js'
import { WebMemory } from '../web/web-memory.js'
import { DemoPerson, tellStory } from './demo-story.js'
import { Lifetime } from './lifetime.js'
import { prepareStorage } from './storage.js'

const ADDRESS = '127.0.0.1'

export interface DemoOptions {
  /** Kept at the end; without it everything is in a temporary folder that is removed. */
  storage?: string
  /** The folder of the built page. */
  assets: string
  open: boolean
}

interface Surroundings {
  lifetime: Lifetime
  logger: Logger
  bootstrap: HostPort[]
}

/** Ends the process. The last two lines are each person's name with the one-time URL of their page. */
export async function runDemo({ storage, assets, open }: DemoOptions): Promise<never> {
  const logger = createLogger()
  const lifetime = new Lifetime(logger)
  return lifetime.run(async () => {
    const folder = storage ? resolve(storage) : temporaryFolder(lifetime)
    const dht = lifetime.own('dht', await openLocalDht())
    const around = { lifetime, logger, bootstrap: dht.bootstrap }
    const rootPeer = await startRootPeer(join(folder, 'root-peer'), around)
    const people = [await startPerson('Ada', folder, around), await startPerson('Ben', folder, around)] as const
    await lifetime.unlessStopped(tellStory(...people, rootPeer, lifetime.signal))
    const pages = []
    for (const person of people) pages.push(await servePage(person, folder, assets, around))
    if (open) for (const { web } of pages) lifetime.own('browser', openInBrowser(web, logger))
    return pages.map(({ name, web }) => `${name}: ${web.createUrl()}`).join('\n')
  })
}

/** The nodes' marks against copies go into it as well, so that nothing stays behind. */
function temporaryFolder(lifetime: Lifetime): string {
  const folder = mkdtempSync(join(tmpdir(), 'mangrove-demo-'))
  lifetime.own('folder', { close: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) })
  process.env.MANGROVE_STATE_DIR = join(folder, 'state')
  return folder
}

/** Resolves with its public key. */
async function startRootPeer(storage: string, { lifetime, logger, bootstrap }: Surroundings): Promise<string> {
  prepareStorage(storage)
  const node = lifetime.own('root peer', await openRootPeerNode({ storage, bootstrap, bind: ADDRESS, logger }))
  await lifetime.unlessStopped(node.ready())
  return hypercoreId.encode(node.publicKey)
}

async function startPerson(name: string, folder: string, around: Surroundings): Promise<DemoPerson> {
  const { lifetime, logger, bootstrap } = around
  const storage = profileOf(folder, name)
  prepareStorage(storage)
  const node = lifetime.own(name, await openMemberNode({ storage, bootstrap, bind: ADDRESS, logger }))
  const bridge = lifetime.own('bridge', new Bridge(node, logger))
  lifetime.own('socket', await SocketServer.listen(storage, bridge, logger))
  await lifetime.unlessStopped(node.ready())
  return new DemoPerson(name, bridge)
}

async function servePage(person: DemoPerson, folder: string, assets: string, { lifetime, logger }: Surroundings) {
  const memory = new WebMemory(profileOf(folder, person.name), logger)
  const web = await WebHost.listen({ bridge: person.bridge, logger, port: 0, assets, memory })
  return { name: person.name, web: lifetime.own('web', web) }
}

function profileOf(folder: string, name: string): string {
  return join(folder, name.toLowerCase())
}
