/** The desktop application's entry: Electron runs this file. */
import { resolve } from 'node:path'
import { startDesktop } from './hosts/electron/desktop.js'

startDesktop(resolve(import.meta.dirname, '..'))
