/** Runs the built preload in the page, before its scripts: contextBridge copies as Electron's does, ipcRenderer calls. */

interface PageWindow {
  doubleInvoke(channel: string, args: unknown[]): Promise<{ result?: unknown; error?: string }>
  doubleDeliver(channel: string, args: unknown[]): void
}

/** The text of the script for a preload's source. */
export function preloadScript(source: string): string {
  return `(${runPreload})((require, module, exports) => {${source}\n})`
}

/** Sent as text: must not use anything from outside of itself. */
function runPreload(preload: (require: (name: string) => unknown, module: object, exports: object) => void): void {
  const page = window as unknown as PageWindow
  if (window !== window.top) return
  const listeners = new Map<string, Set<(event: object, ...args: unknown[]) => void>>()

  /** Functions are wrapped, errors keep their message only, the rest is copied. */
  function cross(value: unknown): unknown {
    if (typeof value === 'function') return (...args: unknown[]) => cross(value(...args.map(cross)))
    if (value instanceof Promise) return value.then(cross, (error) => Promise.reject(cross(error)))
    if (value instanceof Error) return new Error(value.message)
    if (Array.isArray(value)) return value.map(cross)
    if (typeof value !== 'object' || value === null) return value
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cross(item)])))
  }

  function strict(name: string, members: Record<string, unknown>): object {
    return new Proxy(members, {
      get(target, key) {
        if (key in target) return target[key as string]
        throw new Error(`the double has no ${name}.${String(key)}`)
      }
    })
  }

  const ipcRenderer = strict('ipcRenderer', {
    async invoke(channel: string, ...args: unknown[]) {
      const { result, error } = await page.doubleInvoke(channel, structuredClone(args))
      if (error !== undefined) throw new Error(`Error invoking remote method '${channel}': ${error}`)
      return result
    },
    on(channel: string, listener: (event: object) => void) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener))
    },
    removeListener: (channel: string, listener: () => void) => listeners.get(channel)?.delete(listener)
  })
  const contextBridge = strict('contextBridge', {
    exposeInMainWorld: (name: string, api: unknown) => Object.defineProperty(window, name, { value: cross(api) })
  })
  page.doubleDeliver = (channel, args) => {
    for (const listener of [...(listeners.get(channel) ?? [])]) listener({}, ...args)
  }
  preload(
    (name) => {
      if (name === 'electron') return strict('electron', { ipcRenderer, contextBridge })
      throw new Error(`a sandboxed preload cannot require ${name}`)
    },
    { exports: {} },
    {}
  )
}
