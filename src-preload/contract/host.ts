/** What the desktop host puts into the page as `window.mangrove`, and the channels it runs on. */
import type { ErrorView } from './errors.js'

/** What a host can do beyond the contract. The interface asks for these and never for the host's name. */
export interface Capabilities {
  /** `mangrove://` links of this machine open this application. */
  readonly deepLinks: boolean
}

export interface DesktopBridge {
  readonly capabilities: Capabilities
  /** Resolves with the result; rejects with `{code, message}`. */
  call(command: string, args?: unknown): Promise<unknown>
  /** Hears one event of the contract; returns its unsubscribe. */
  on(event: string, listener: (payload: unknown) => void): () => void
  /** Hears of opened `mangrove://` links, also of one that came before. To be confirmed by the person, never obeyed. */
  onLink(listener: (link: string) => void): () => void
}

/** What comes back over the call channel: errors keep their code only as data. */
export type DesktopReply = { result: unknown } | { error: ErrorView }

export const CHANNELS = {
  call: 'mangrove:call',
  event: 'mangrove:event',
  link: 'mangrove:link'
} as const

/** Longer links are no invites (DESIGN: an invite has at most 320 characters). */
export const MAX_DEEP_LINK = 320
