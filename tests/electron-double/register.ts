/** `node --import register.ts out/main/index.js`: whoever imports 'electron' gets the double. */
import { registerHooks } from 'node:module'

const DOUBLE = new URL('./electron.ts', import.meta.url).href

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron') return { url: DOUBLE, shortCircuit: true }
    return next(isOurs(context.parentURL) ? specifier.replace(/^(\.\/.*)\.js$/, '$1.ts') : specifier, context)
  }
})

/** The double's files are sources that name each other as if they were built. */
function isOurs(parent: string | undefined): boolean {
  return parent?.includes('/electron-double/') ?? false
}
