/** The only reader of the bridge: Electron's preload where it is there, else the WebSocket of the web host. */

import type { DesktopBridge } from '../src-preload/contract/host.js'
import type { CommandInput, CommandName, CommandResult, EventMap, EventName } from '../src-preload/contract/index.js'
import { BridgeError } from './lib/bridge-error.js'
import { WebSocketCarrier } from './lib/web-socket-carrier.js'

/** `connecting`: not yet; `lost`: it was there, trying again; `refused`: this page has no session. */
export type BridgeState = 'connecting' | 'open' | 'lost' | 'refused'

declare global {
  interface Window {
    /** What the preload exposes; absent in a browser. */
    readonly mangrove?: DesktopBridge
  }
}

const desktop = window.mangrove
/** Does nothing before it is started. */
const carrier = new WebSocketCarrier()

/** Rejects with a BridgeError, whatever the carrier. */
export async function call<Name extends CommandName>(
  command: Name,
  args: CommandInput<Name>
): Promise<CommandResult<Name>> {
  try {
    return (await (desktop ?? carrier).call(command, args)) as CommandResult<Name>
  } catch (error) {
    throw BridgeError.from(error)
  }
}

export function on<Name extends EventName>(event: Name, listener: (payload: EventMap[Name]) => void): () => void {
  return (desktop ?? carrier).on(event, listener as (payload: unknown) => void)
}

/** Hears of `mangrove://` links that this machine opened. Only the desktop host has them. */
export function onLink(listener: (link: string) => void): void {
  desktop?.onLink(listener)
}

/** Tells the state now and on every change. The preload is there as long as the window is. */
export function connect(onState: (state: BridgeState) => void): void {
  if (desktop) onState('open')
  else carrier.start(onState)
}
