/**
 * mangrove:// links that the system hands over. Anyone can make one, so there is one grammar and the page asks the
 * person before anything happens. A link is a capability: it is never logged.
 */
import { resolve } from 'node:path'
import { app } from 'electron'
import { MAX_DEEP_LINK } from '../../../src-preload/contract/host.js'

const SCHEME = 'mangrove'
const LINK = /^mangrove:\/\/join\/[A-Za-z0-9_-]+$/

/** The first link among a process's arguments; whatever else is there is ignored. */
export function findLink(argv: readonly string[]): string | null {
  return argv.find((arg) => arg.length <= MAX_DEEP_LINK && LINK.test(arg)) ?? null
}

/** Links of this machine open this application; from the sources with the path that Electron needs for it. */
export function registerLinks(): void {
  const [, script] = process.argv
  if (process.defaultApp && script) app.setAsDefaultProtocolClient(SCHEME, process.execPath, [resolve(script)])
  else app.setAsDefaultProtocolClient(SCHEME)
}

/** Keeps the newest link until there is a page to show it. */
export class Links {
  private waiting: string | null = null
  private take: ((link: string) => void) | null = null

  offer(link: string | null): void {
    if (link && this.take) this.take(link)
    else this.waiting = link ?? this.waiting
  }

  /** From now on links go there; null while the page loads. */
  deliverTo(take: ((link: string) => void) | null): void {
    this.take = take
    const link = this.waiting
    if (!take || !link) return
    this.waiting = null
    take(link)
  }
}
