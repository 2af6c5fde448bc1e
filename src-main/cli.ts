#!/usr/bin/env node
/** `mangrove`. Checks the Node version first; everything else is loaded behind that check. */
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isRightNode, rerun } from './hosts/headless/node-version.js'

const script = fileURLToPath(import.meta.url)

async function main(): Promise<void> {
  const { runProgram } = await import('./hosts/headless/program.js')
  await runProgram(process.argv.slice(2), dirname(dirname(dirname(script))))
}

if (isRightNode(process.versions.node)) void main()
else rerun(script)
