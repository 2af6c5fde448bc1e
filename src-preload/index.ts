/** The only bridge between the page and the desktop host. What may be called and heard is what the contract names. */
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import { CHANNELS, type DesktopBridge, type DesktopReply } from './contract/host.js'

/** The contract's names, put in when this is built, so that the sandboxed preload brings no library along. */
declare const __COMMAND_NAMES__: readonly string[]
declare const __EVENT_NAMES__: readonly string[]

const commands = new Set(__COMMAND_NAMES__)
const events = new Set(__EVENT_NAMES__)
const linkListeners = new Set<(link: string) => void>()
/** Whoever begins to listen hears the link that came before: the page takes some time to load. */
let newestLink: string | null = null

ipcRenderer.on(CHANNELS.link, (_event, link: string) => {
  newestLink = link
  for (const listener of linkListeners) listener(link)
})

/** Errors lose their code on the way to the page; plain objects do not. */
async function call(command: string, args: unknown = {}): Promise<unknown> {
  if (!commands.has(command)) throw { code: 'UNKNOWN_COMMAND', message: 'There is no such command.' }
  const reply: DesktopReply = await ipcRenderer.invoke(CHANNELS.call, command, args)
  if ('error' in reply) throw reply.error
  return reply.result
}

function on(name: string, listener: (payload: unknown) => void): () => void {
  if (!events.has(name)) return () => undefined
  const heard = (_event: IpcRendererEvent, event: { event: string; payload: unknown }) => {
    if (event.event === name) listener(event.payload)
  }
  ipcRenderer.on(CHANNELS.event, heard)
  return () => void ipcRenderer.removeListener(CHANNELS.event, heard)
}

function onLink(listener: (link: string) => void): () => void {
  linkListeners.add(listener)
  if (newestLink) listener(newestLink)
  return () => void linkListeners.delete(listener)
}

const bridge: DesktopBridge = { capabilities: { deepLinks: true }, call, on, onLink }

contextBridge.exposeInMainWorld('mangrove', bridge)
