/**
 * A double of what Mangrove uses of Electron, where its binary cannot be had. Windows are pages of a real Chromium.
 * It gives neither context isolation nor the sandbox nor effects on the system, and says so where results are shown.
 */
import { answerScheme } from './chromium.js'
import { offer, record } from './control.js'
import { strict } from './strict.js'

export { app } from './app.js'
export { ipcMain } from './ipc.js'
export { BrowserWindow } from './window.js'

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: (schemes: unknown) => record('protocol.registerSchemesAsPrivileged', schemes),
  handle: (scheme: string, answer: (request: Request) => Response) => answerScheme(scheme, answer)
})

type Check = (contents: null, permission: string) => boolean
type Ask = (contents: null, permission: string, allow: (yes: boolean) => void) => void

let check: Check = () => true
let ask: Ask = (_contents, _permission, allow) => allow(true)

export const session = strict('session', {
  defaultSession: strict('defaultSession', {
    setPermissionRequestHandler: (handler: Ask) => {
      ask = handler
    },
    setPermissionCheckHandler: (handler: Check) => {
      check = handler
    },
    setDevicePermissionHandler: (handler: () => boolean) => record('session.setDevicePermissionHandler', handler())
  })
})

const answers: number[] = []

export const dialog = strict('dialog', {
  showErrorBox: (...args: unknown[]) => record('dialog.showErrorBox', ...args),
  async showMessageBox(_window: unknown, options: unknown) {
    record('dialog.showMessageBox', options)
    return { response: answers.shift() ?? 0, checkboxChecked: false }
  }
})

export const Menu = strict('Menu', {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => record('Menu.setApplicationMenu', menu)
})

export const shell = strict('shell', {
  openExternal: async (url: string) => record('shell.openExternal', url)
})

export const nativeTheme = strict('nativeTheme', { shouldUseDarkColors: false })

export const screen = strict('screen', {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }]
})

offer('answerNext', (response: number) => answers.push(response))
offer('permission', (permission: string) => {
  let asked: boolean | undefined
  ask(null, permission, (yes) => {
    asked = yes
  })
  return { checked: check(null, permission), asked }
})
