/**
 * The desktop application. Owns, in this order: the single-instance lock, the node with its bridge and local socket,
 * the page's protocol, the window. What was opened is closed in reverse before the process ends.
 */
import { join } from 'node:path'
import { app, dialog, Menu, session } from 'electron'
import { Bridge } from '../../bridge/bridge.js'
import { toMangroveError } from '../../lib/errors.js'
import { createLogger } from '../../lib/logger.js'
import { type Closing, closeAll } from '../../node/closing.js'
import { openMemberNode } from '../../node/member-node.js'
import { resolveOptions } from '../headless/options.js'
import { prepareStorage } from '../headless/storage.js'
import { SocketServer } from '../socket/server.js'
import { readAssets } from '../web/assets.js'
import { handleAppScheme, registerAppScheme } from './app-scheme.js'
import { guardContents, guardSession } from './guard.js'
import { serveIpc } from './ipc.js'
import { findLink, Links, registerLinks } from './links.js'
import { MainWindow } from './main-window.js'
import { menuTemplate } from './menu.js'

const HARD_EXIT_MS = 10_000
const SIGNALS: NodeJS.Signals[] = ['SIGTERM', 'SIGINT']

/** `out` is the folder of everything that was built. */
export function startDesktop(out: string): void {
  // The first instance gets our argv and shows its window.
  if (!app.requestSingleInstanceLock()) return app.quit()
  app.enableSandbox()
  registerAppScheme()
  new Desktop(out).listen()
}

class Desktop {
  private readonly logger = createLogger()
  private readonly links = new Links()
  private readonly closing: Closing[] = []
  private window: MainWindow | null = null
  private stopping = false

  constructor(private readonly out: string) {}

  listen(): void {
    app.on('second-instance', (_event, argv) => this.show(findLink(argv)))
    app.on('open-url', (event, url) => {
      event.preventDefault()
      this.show(findLink([url]))
    })
    app.on('web-contents-created', (_event, contents) => guardContents(contents))
    app.on('window-all-closed', () => app.quit())
    app.on('will-quit', (event) => {
      event.preventDefault()
      void this.stop(0)
    })
    for (const signal of SIGNALS) process.on(signal, () => app.quit())
    process.on('unhandledRejection', (err) => this.logger.error({ err }, 'unhandled rejection'))
    process.on('uncaughtException', (err) => this.crash(err))
    this.links.offer(findLink(process.argv))
    void app.whenReady().then(() => this.open())
  }

  private async open(): Promise<void> {
    try {
      await this.openInOrder()
    } catch (thrown) {
      if (this.stopping) return
      const error = toMangroveError(thrown)
      this.logger.error({ err: error.cause ?? error }, 'could not start')
      dialog.showErrorBox('Mangrove could not start', error.message)
      await this.stop(1)
    }
  }

  private async openInOrder(): Promise<void> {
    const { logger, closing } = this
    // Flags are Chromium's here; the environment and config.json say the rest. One profile for every host.
    const { port: _, ...options } = resolveOptions({})
    prepareStorage(options.storage)
    const node = await openMemberNode({ ...options, logger })
    closing.push(['node', () => node.close()])
    const bridge = new Bridge(node, logger)
    closing.push(['bridge', () => bridge.close()])
    const socket = await SocketServer.listen(options.storage, bridge, logger)
    closing.push(['socket', () => socket.close()])
    if (this.stopping) return
    this.openWindow(bridge)
  }

  private openWindow(bridge: Bridge): void {
    guardSession(session.defaultSession)
    handleAppScheme(readAssets(join(this.out, 'renderer')))
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate()))
    registerLinks()
    this.window = new MainWindow(join(this.out, 'preload', 'index.cjs'), this.links, this.logger)
    this.closing.push(['ipc', serveIpc(bridge, this.window)])
    void this.window.load()
  }

  private show(link: string | null): void {
    this.links.offer(link)
    this.window?.show()
  }

  /** After an uncaught exception the state is unknown: close in order and say so by the exit code. */
  private crash(err: Error): void {
    this.logger.fatal({ err }, 'uncaught exception')
    void this.stop(1)
  }

  private async stop(code: number): Promise<void> {
    if (this.stopping) return
    this.stopping = true
    setTimeout(() => app.exit(1), HARD_EXIT_MS).unref()
    await closeAll(this.closing, this.logger)
    app.exit(code)
  }
}
