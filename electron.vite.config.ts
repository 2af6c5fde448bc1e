/** What is built: the command line (ESM, dependencies stay outside) and the page of the web host. */
import { chmodSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

const root = import.meta.dirname

/** `mangrove` is started directly, so it has to be executable. */
const executable: Plugin = {
  name: 'mangrove:executable',
  writeBundle: () => chmodSync(resolve(root, 'out/main/cli.js'), 0o755)
}

export default defineConfig({
  main: {
    plugins: [executable],
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: { cli: resolve(root, 'src-main/cli.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' }
      }
    }
  },
  renderer: {
    root: resolve(root, 'src-renderer'),
    build: {
      outDir: resolve(root, 'out/renderer'),
      emptyOutDir: true,
      minify: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: resolve(root, 'src-renderer/index.html') } }
    }
  }
})
