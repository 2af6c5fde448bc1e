/** Chromium does not know app://, so its pages live under an https origin that only the double answers for. */

const ORIGIN = 'https://app-mangrove.test'
const APP = 'app://mangrove'

export function toChromium(url: string): string {
  return url.startsWith(APP) ? ORIGIN + url.slice(APP.length) : url
}

export function fromChromium(url: string): string {
  return url.startsWith(ORIGIN) ? APP + url.slice(ORIGIN.length) : url
}

export function isApp(url: string): boolean {
  return url.startsWith(`${APP}/`)
}
