/** The menu: what the system expects of an application, by roles, so that its words and keys are the system's. */
import { app, type MenuItemConstructorOptions } from 'electron'

export function menuTemplate(platform: NodeJS.Platform = process.platform): MenuItemConstructorOptions[] {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' }
  ]
  if (!app.isPackaged) view.push({ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' })
  const first: MenuItemConstructorOptions = platform === 'darwin' ? { role: 'appMenu' } : { role: 'fileMenu' }
  return [first, { role: 'editMenu' }, { label: 'View', submenu: view }, { role: 'windowMenu' }]
}
