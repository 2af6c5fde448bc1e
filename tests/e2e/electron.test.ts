/** On Electron where its binary is; on the double always. */
import { electronBinary } from '../helpers/desktop.js'
import { electronDouble, realElectron } from './hosts.js'
import { describeApp } from './scenarios.js'

const binary = electronBinary()

describeApp(electronDouble)
if (binary) describeApp(realElectron(binary))
