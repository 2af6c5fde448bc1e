/** The page's own origin, app://mangrove, so that it is neither a file nor anything that a network could answer. */
import { app, protocol } from 'electron'
import type { Asset } from '../web/assets.js'
import { PAGE_POLICY } from '../web/policy.js'

const SCHEME = 'app'
const HOST = 'mangrove'

const HEADERS = {
  'Content-Security-Policy': PAGE_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store'
}

/** Where the window goes. Vite's server when a developer runs it; never in what is packaged. */
export function pageUrl(): string {
  const devServer = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL
  return devServer ?? `${SCHEME}://${HOST}/`
}

/** Is this the address of our page, whatever its fragment? */
export function isPageUrl(url: string): boolean {
  const [there, ours] = [URL.parse(url), new URL(pageUrl())]
  return there !== null && there.protocol === ours.protocol && there.host === ours.host
}

/** Must run before the application is ready. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }])
}

/** Answers from the map of what was built and from nothing else, so no path ever reaches the disk. */
export function handleAppScheme(assets: Map<string, Asset>): void {
  protocol.handle(SCHEME, ({ url, method }) => answer(assets, url, method))
}

function answer(assets: Map<string, Asset>, url: string, method: string): Response {
  const { host, pathname } = new URL(url)
  const asset = host === HOST && method === 'GET' ? assets.get(pathname) : undefined
  if (!asset) return new Response(null, { status: 404, headers: HEADERS })
  return new Response(new Uint8Array(asset.body), { headers: { ...HEADERS, 'Content-Type': asset.type } })
}
