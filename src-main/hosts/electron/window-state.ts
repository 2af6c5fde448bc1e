/** Where the window was, kept beside Electron's own files. What cannot be read or is off every screen is forgotten. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, type BrowserWindow, type Rectangle, screen } from 'electron'
import { z } from 'zod'

const FILE = 'window.json'

const windowState = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(200).max(20_000),
  height: z.int().min(200).max(20_000),
  maximized: z.boolean()
})

export type WindowState = z.output<typeof windowState>

/** Null at the first start. */
export function readWindowState(): WindowState | null {
  try {
    const state = windowState.parse(JSON.parse(readFileSync(stateFile(), 'utf8')))
    return isOnAScreen(state) ? state : null
  } catch {
    return null
  }
}

/** A place that cannot be kept is not worth a word. */
export function saveWindowState(window: BrowserWindow): void {
  const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() }
  try {
    writeFileSync(stateFile(), JSON.stringify(state))
  } catch {}
}

function stateFile(): string {
  return join(app.getPath('userData'), FILE)
}

/** Enough of the title bar must be there to take hold of it. */
function isOnAScreen({ x, y, width }: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const left = Math.max(x, workArea.x)
    const right = Math.min(x + width, workArea.x + workArea.width)
    return right - left >= 100 && y >= workArea.y && y < workArea.y + workArea.height - 40
  })
}
