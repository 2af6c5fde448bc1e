/** Loaded into every process of the pictures: their time is the real one plus what the file says, in ms. */
import { readFileSync } from 'node:fs'

const LOOK_MS = 20

const realNow = Date.now
let offset = read()

function read() {
  return Number(readFileSync(process.env.MANGROVE_SCREENSHOT_CLOCK, 'utf8')) || 0
}

Date.now = () => realNow() + offset
setInterval(() => {
  offset = read()
}, LOOK_MS).unref()
