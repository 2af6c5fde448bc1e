/** ipcMain: handlers by channel, called by pages over a binding that says which frame asked. */
import type { Frame } from 'playwright-core'
import { fromChromium } from './address.js'
import { strict } from './strict.js'

type Handler = (event: object, ...args: unknown[]) => unknown

const handlers = new Map<string, Handler>()

export const ipcMain = strict('ipcMain', {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    handlers.set(channel, handler)
  },
  removeHandler(channel: string): void {
    handlers.delete(channel)
  }
})

/** Answers one ipcRenderer.invoke. Never throws. */
export async function invoke(sender: object, frame: Frame, channel: string, args: unknown[]) {
  const handler = handlers.get(channel)
  if (!handler) return { error: `No handler registered for '${channel}'` }
  try {
    const result = await handler(strict('event', { sender, senderFrame: senderFrame(frame) }), ...args)
    return { result: structuredClone(result) }
  } catch (error) {
    return { error: String(error) }
  }
}

function senderFrame(frame: Frame): object {
  const parent = frame.parentFrame()
  return strict('senderFrame', { url: fromChromium(frame.url()), parent: parent ? senderFrame(parent) : null })
}
