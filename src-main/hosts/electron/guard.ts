/** What a page may not do in this application: leave, open windows, embed, or ask for the machine. */
import { type Session, shell, type WebContents } from 'electron'

/** Copying an invite is a person's click; everything else is refused until a feature needs it. */
const ALLOWED_PERMISSIONS = new Set(['clipboard-sanitized-write'])

/** Applies to every web contents that is ever made. */
export function guardContents(contents: WebContents): void {
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const) {
    contents.on(event as 'will-navigate', (details) => details.preventDefault())
  }
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url)
    return { action: 'deny' }
  })
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}

/** Electron says yes to every permission unless it is told otherwise. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, allow) => allow(ALLOWED_PERMISSIONS.has(permission)))
  session.setPermissionCheckHandler((_contents, permission) => ALLOWED_PERMISSIONS.has(permission))
  session.setDevicePermissionHandler(() => false)
}

/** Only the web, in the person's browser: other schemes start programs. */
function openOutside(url: string): void {
  const parsed = URL.parse(url)
  if (parsed?.protocol === 'https:' || parsed?.protocol === 'http:') void shell.openExternal(parsed.href)
}
