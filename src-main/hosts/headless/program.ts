/** The commands of `mangrove` and their flags. Those that run a node are loaded only when they are called. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { MangroveError } from '../../lib/errors.js'
import { printError, runCall } from '../socket/call.js'
import type { Flags } from './options.js'
import { resolveOptions, resolveStorage } from './options.js'
import { reportFailure } from './report.js'

/** `root` is the package's folder, with out/ in it. Sets the exit code; never throws. */
export async function runProgram(argv: string[], root: string): Promise<void> {
  delete process.env.MANGROVE_RERUN
  try {
    await createProgram(root).parseAsync(argv, { from: 'user' })
  } catch (thrown) {
    if (thrown instanceof CommanderError) process.exitCode = thrown.exitCode
    else if (thrown instanceof CallUsageError) printError(thrown)
    else reportFailure(thrown)
  }
}

function createProgram(root: string): Command {
  const program = new Command('mangrove')
  program.description('A desktop chat without servers.').version(readVersion(root), '--version', 'print the version')
  program.helpOption('--help', 'print this help').helpCommand(false).showSuggestionAfterError(false)
  program
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'mangrove: ')) })
  program.addCommand(rootPeerCommand(program))
  program.addCommand(serveCommand(program, root))
  program.addCommand(demoCommand(program, root))
  program.addCommand(callCommand(program))
  return program
}

function rootPeerCommand(program: Command): Command {
  return hostCommand(program, 'root-peer')
    .description('keep rooms for others, without being able to read them')
    .action(async (flags: Flags) => {
      const { runRootPeer } = await import('./root-peer.js')
      await runRootPeer(resolveOptions(flags))
    })
}

function serveCommand(program: Command, root: string): Command {
  return hostCommand(program, 'serve')
    .description("run a member's node with its page on 127.0.0.1")
    .option('--port <number>', 'port of the page (default: any free one)')
    .option('--open', 'open the page in a browser')
    .option('--window', 'open the page in a Chrome or Chromium window of its own and end with it')
    .action(async (flags: Flags & { open?: boolean; window?: boolean }) => {
      const { runServe } = await import('./serve.js')
      const open = flags.window ? 'window' : flags.open ? 'browser' : null
      await runServe(resolveOptions(flags), { assets: assetsOf(root), open })
    })
}

function demoCommand(program: Command, root: string): Command {
  return subcommand(program, 'demo')
    .description('try Mangrove alone: two people, a root peer and a network on this machine only')
    .option('--open', 'open both pages in a browser')
    .action(async (flags: { storage?: string; open?: boolean }) => {
      const { runDemo } = await import('./demo.js')
      await runDemo({ storage: flags.storage, assets: assetsOf(root), open: flags.open === true })
    })
}

function assetsOf(root: string): string {
  return join(root, 'out', 'renderer')
}

function callCommand(program: Command): Command {
  return subcommand(program, 'call')
    .description('call the running Mangrove of a profile; prints one JSON value')
    .argument('<command>', 'for example rooms.list')
    .argument('[json]', "the command's arguments, or - to read them from stdin")
    .exitOverride(throwAsBadArgument)
    .configureOutput({ outputError: () => undefined })
    .action((command: string, json: string | undefined, flags: Flags) => runCall(resolveStorage(flags), command, json))
}

/** What every command that runs a node takes. */
function hostCommand(program: Command, name: string): Command {
  return subcommand(program, name)
    .option('--bootstrap <host:port,...>', 'DHT nodes to start from')
    .option('--bind <address>', 'local address for UDP')
    .option('--udp-port <number>', 'local port for UDP')
}

function subcommand(program: Command, name: string): Command {
  const command = new Command(name).copyInheritedSettings(program)
  return command.option('--storage <folder>', "the profile's folder")
}

/** `call` answers in JSON whatever is wrong, so its own flags' errors go the same way. */
function throwAsBadArgument(error: CommanderError): never {
  if (error.exitCode === 0) throw error
  throw new CallUsageError(error.message)
}

class CallUsageError extends MangroveError {
  constructor(message: string) {
    super('BAD_ARGUMENT', `${message.replace(/^error: /, '')}.`)
  }
}

function readVersion(root: string): string {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
}
