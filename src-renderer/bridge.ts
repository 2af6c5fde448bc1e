/** The only reader of the bridge: Electron's preload where it is there, else the WebSocket of the web host. */
import type { CommandInput, CommandName, CommandResult, EventMap, EventName } from '../src-preload/contract/index.js'
import { BridgeError } from './lib/bridge-error.js'
import { WebSocketCarrier } from './lib/web-socket-carrier.js'

/** `connecting`: not yet; `lost`: it was there, trying again; `refused`: this page has no session. */
export type BridgeState = 'connecting' | 'open' | 'lost' | 'refused'

export interface Bridge {
  call<Name extends CommandName>(command: Name, args: CommandInput<Name>): Promise<CommandResult<Name>>
  on<Name extends EventName>(event: Name, listener: (payload: EventMap[Name]) => void): () => void
}

declare global {
  interface Window {
    /** What the preload exposes; absent in a browser. */
    readonly mangrove?: Bridge & { readonly capabilities?: Readonly<Record<string, unknown>> }
  }
}

const desktop = window.mangrove
const carrier = desktop ? null : new WebSocketCarrier()

/** Is this the application's own window, not a browser's? */
export const isDesktop = desktop !== undefined

/** Rejects with a BridgeError, whatever the carrier. */
export async function call<Name extends CommandName>(
  command: Name,
  args: CommandInput<Name>
): Promise<CommandResult<Name>> {
  try {
    return await (desktop ? desktop.call(command, args) : (carrier as WebSocketCarrier).call(command, args))
  } catch (error) {
    throw BridgeError.from(error)
  }
}

export function on<Name extends EventName>(event: Name, listener: (payload: EventMap[Name]) => void): () => void {
  return desktop ? desktop.on(event, listener) : (carrier as WebSocketCarrier).on(event, listener)
}

/** Tells the state now and on every change. The preload is there as long as the window is. */
export function connect(onState: (state: BridgeState) => void): void {
  if (carrier) carrier.start(onState)
  else onState('open')
}
