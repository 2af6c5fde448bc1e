/** The one window: how it is made, where it was, and what happens when its page crashes. */
import { app, BrowserWindow, dialog, nativeTheme, type RenderProcessGoneDetails } from 'electron'
import { CHANNELS } from '../../../src-preload/contract/host.js'
import type { Logger } from '../../lib/logger.js'
import { pageUrl } from './app-scheme.js'
import type { Links } from './links.js'
import { readWindowState, saveWindowState } from './window-state.js'

const DEFAULT_SIZE = { width: 1180, height: 760 }
const MIN_SIZE = { minWidth: 360, minHeight: 480 }
/** The page's own colours, so that nothing flashes before it is there. */
const BACKGROUND = { light: '#fbfcfa', dark: '#151a17' }

export class MainWindow {
  private readonly window: BrowserWindow
  private reloaded = false

  constructor(
    preload: string,
    private readonly links: Links,
    private readonly logger: Logger
  ) {
    const { maximized = false, ...bounds } = readWindowState() ?? (DEFAULT_SIZE as { maximized?: boolean })
    this.window = new BrowserWindow({
      ...MIN_SIZE,
      ...bounds,
      show: false,
      title: 'Mangrove',
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
      webPreferences: {
        preload,
        contextIsolation: true,
        sandbox: true,
        webSecurity: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false
      }
    })
    if (maximized) this.window.maximize()
    this.listen()
  }

  get contentsId(): number | null {
    return this.window.isDestroyed() ? null : this.window.webContents.id
  }

  /** Never throws. */
  async load(): Promise<void> {
    await this.window.loadURL(pageUrl()).catch((err) => this.logger.error({ err }, 'the page could not be loaded'))
  }

  /** For a second launch: there is only one window, so it comes to the front. */
  show(): void {
    if (this.window.isDestroyed()) return
    if (this.window.isMinimized()) this.window.restore()
    this.window.show()
    this.window.focus()
  }

  send(channel: string, payload: unknown): void {
    if (!this.window.isDestroyed()) this.window.webContents.send(channel, payload)
  }

  private listen(): void {
    const { window, links } = this
    window.once('ready-to-show', () => window.show())
    window.on('close', () => saveWindowState(window))
    window.on('closed', () => links.deliverTo(null))
    window.webContents.on('did-start-loading', () => links.deliverTo(null))
    window.webContents.on('did-finish-load', () => links.deliverTo((link) => this.send(CHANNELS.link, link)))
    window.webContents.on('render-process-gone', (_event, details) => void this.pageGone(details))
  }

  /** Once by itself; a page that goes again asks, or it would crash for ever. */
  private async pageGone({ reason }: RenderProcessGoneDetails): Promise<void> {
    if (reason === 'clean-exit') return
    this.logger.error({ reason }, 'the page is gone')
    if (!this.reloaded) {
      this.reloaded = true
      return this.load()
    }
    const { response } = await dialog.showMessageBox(this.window, {
      type: 'error',
      message: 'The window of Mangrove has crashed.',
      detail: 'Nothing that was sent is lost. Text that was not sent yet may be.',
      buttons: ['Open it again', 'Quit'],
      defaultId: 0,
      cancelId: 1
    })
    if (response === 0) await this.load()
    else app.quit()
  }
}
