/** The one Chromium of the double; its windows are pages of it, its app:// is answered by protocol.handle. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page, type Route } from 'playwright-core'
import { fromChromium, isApp } from './address.js'
import { tell } from './control.js'

type Answer = (request: Request) => Response | Promise<Response>

/** Asked for each navigation; false keeps the page where it is. */
type Gate = (page: Page | null, url: string, isMainFrame: boolean) => boolean

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--remote-debugging-port=0']

let context: BrowserContext | null = null
let gate: Gate = () => true
const schemes = new Map<string, Answer>()

export function answerScheme(scheme: string, answer: Answer): void {
  schemes.set(scheme, answer)
}

export function gateNavigation(newGate: Gate): void {
  gate = newGate
}

export async function launch(userData: string): Promise<void> {
  const folder = join(userData, 'chromium')
  context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.ELECTRON_DOUBLE_BROWSER,
    headless: true,
    locale: 'en-US',
    args: FLAGS,
    // The application ends its browser itself.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false
  })
  await context.route('**/*', (route) => handleRoute(route))
  const [port] = readFileSync(join(folder, 'DevToolsActivePort'), 'utf8').split('\n')
  tell({ endpoint: `http://127.0.0.1:${port}` })
}

export async function newPage(): Promise<Page> {
  if (!context) throw new Error('a window before the application was ready')
  // The first page is there from the start.
  const [first] = context.pages().filter((page) => page.url() === 'about:blank')
  return first && context.pages().length === 1 ? first : context.newPage()
}

export async function closeChromium(): Promise<void> {
  await context?.close()
}

async function handleRoute(route: Route): Promise<void> {
  const request = route.request()
  const url = fromChromium(request.url())
  if (request.isNavigationRequest() && !passesGate(route, url)) return route.abort('aborted')
  if (!isApp(url)) return route.continue()
  const answer = schemes.get('app')
  if (!answer) return route.abort()
  const response = await answer(new Request(url, { method: request.method() }))
  const body = Buffer.from(await response.arrayBuffer())
  await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body })
}

function passesGate(route: Route, url: string): boolean {
  try {
    const frame = route.request().frame()
    return gate(frame.page(), url, frame.parentFrame() === null)
  } catch {
    // A window that was just opened has no frame yet.
    return gate(null, url, true)
  }
}
