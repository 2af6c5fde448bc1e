/** What is built: command line and desktop application (ESM, dependencies stay outside), preload (CommonJS), page. */
import { chmodSync } from 'node:fs'
import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { COMMAND_NAMES, EVENT_NAMES } from './src-preload/contract/index.js'

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
        input: { cli: resolve(root, 'src-main/cli.ts'), index: resolve(root, 'src-main/index.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' }
      }
    }
  },
  preload: {
    define: {
      __COMMAND_NAMES__: JSON.stringify(COMMAND_NAMES),
      __EVENT_NAMES__: JSON.stringify(EVENT_NAMES)
    },
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve(root, 'src-preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: resolve(root, 'src-renderer'),
    plugins: [react(), tailwindcss()],
    build: {
      outDir: resolve(root, 'out/renderer'),
      emptyOutDir: true,
      minify: true,
      // The policy refuses `data:`, so nothing is inlined.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: resolve(root, 'src-renderer/index.html') } }
    }
  }
})
