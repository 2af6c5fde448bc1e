/**
 * `npm run screenshots [-- name …]`: pictures of every page and state, from real processes on this machine alone,
 * into docs/screenshots. Says what the browser's console complained about.
 */
import { Scenes } from './screenshots/scenes.js'
import { Studio } from './screenshots/shots.js'
import { World } from './screenshots/world.js'

const world = await World.open()
const studio = await Studio.open()
try {
  await new Scenes(world, studio, process.argv.slice(2)).run()
  for (const complaint of new Set(studio.complaints)) console.log(`console: ${complaint}`)
} finally {
  await studio.close()
  await world.close()
}
