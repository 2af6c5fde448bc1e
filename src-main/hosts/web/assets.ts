/** The built page, read once: what is not in this map is not served, so no path ever reaches the disk. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { MangroveError } from '../../lib/errors.js'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2'
}

export interface Asset {
  type: string
  body: Buffer
}

/** By request path; `/` is index.html. Throws UNAVAILABLE when the page was not built. */
export function readAssets(folder: string): Map<string, Asset> {
  const assets = new Map(listFiles(folder).map((file) => [requestPath(folder, file), readAsset(file)]))
  const index = assets.get('/index.html')
  if (!index) throw new MangroveError('UNAVAILABLE', 'The page is not built; run npm run build first.')
  return assets.set('/', index)
}

function listFiles(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  } catch {
    return []
  }
}

function requestPath(folder: string, file: string): string {
  return `/${relative(folder, file).split(sep).join('/')}`
}

function readAsset(file: string): Asset {
  return { type: TYPES[extname(file)] ?? 'application/octet-stream', body: readFileSync(file) }
}
