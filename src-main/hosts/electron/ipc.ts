/** The contract over Electron's IPC: one channel for calls, one for events. Who asks is checked before what is asked. */
import { type IpcMainInvokeEvent, ipcMain } from 'electron'
import { CHANNELS, type DesktopReply } from '../../../src-preload/contract/host.js'
import type { Bridge } from '../../bridge/bridge.js'
import { isPageUrl } from './app-scheme.js'
import type { MainWindow } from './main-window.js'

const REFUSED: DesktopReply = { error: { code: 'REFUSED', message: 'Only the page of Mangrove may ask.' } }

/** Returns what ends it. */
export function serveIpc(bridge: Bridge, window: MainWindow): () => void {
  ipcMain.handle(CHANNELS.call, (event, command: unknown, args: unknown): Promise<DesktopReply> | DesktopReply =>
    isOurPage(event, window) ? bridge.call(command, args) : REFUSED
  )
  const unsubscribe = bridge.subscribe((event) => window.send(CHANNELS.event, event))
  return () => {
    unsubscribe()
    ipcMain.removeHandler(CHANNELS.call)
  }
}

/** The main frame of our window, showing our page. */
function isOurPage({ sender, senderFrame }: IpcMainInvokeEvent, window: MainWindow): boolean {
  if (!senderFrame || sender.id !== window.contentsId) return false
  return senderFrame.parent === null && isPageUrl(senderFrame.url)
}
