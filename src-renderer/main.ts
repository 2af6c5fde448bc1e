/** A plain page that shows the node live: account, rooms, network. Everything from outside is set as text. */
import type { RoomView } from '../src-preload/contract/index.js'
import { BridgeError, type BridgeState, PageBridge } from './bridge.js'

const STATUS: Record<BridgeState, string> = {
  connecting: 'Connecting…',
  open: 'Connected to the node on this machine.',
  lost: 'The node does not answer; trying again.',
  refused: 'This page needs the one-time URL that Mangrove printed when it started. After a restart there is a new one.'
}

/** Many events in a burst lead to one round of questions. */
const REFRESH_MS = 100

const bridge = new PageBridge(showState, refreshSoon)
let timer: ReturnType<typeof setTimeout> | undefined

function showState(state: BridgeState): void {
  setText('status', STATUS[state])
  byId('content').hidden = state !== 'open'
  if (state === 'open') void refresh()
}

function refreshSoon(): void {
  if (timer) return
  timer = setTimeout(() => {
    timer = undefined
    void refresh()
  }, REFRESH_MS)
}

/** Events say that something changed, so everything is asked again; this page is small. */
async function refresh(): Promise<void> {
  try {
    const [account, list, network] = await Promise.all([
      unlessNoAccount(bridge.call('account.get', {})),
      unlessNoAccount(bridge.call('rooms.list', {})),
      bridge.call('network.status', {})
    ])
    setText('account', account ? account.name : 'No account yet.')
    byId('rooms').replaceChildren(...roomItems(list?.rooms ?? []))
    const reach = network.online ? 'Online' : 'Offline'
    setText('network', `${reach}, ${count(network.peers, 'peer')}, ${count(network.rootPeers, 'root peer')}.`)
  } catch (error) {
    if (!(error instanceof BridgeError)) throw error
    if (error.code !== 'NOT_RUNNING') setText('status', error.message)
  }
}

/** A new profile has no account; that is a state, not a mistake. */
async function unlessNoAccount<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof BridgeError && error.code === 'NO_ACCOUNT') return null
    throw error
  }
}

function roomItems(rooms: RoomView[]): HTMLElement[] {
  return rooms.length > 0 ? rooms.map(roomItem) : [item('No rooms yet.')]
}

function roomItem(room: RoomView): HTMLElement {
  const roots = count(room.rootPeers.length, 'root peer')
  const details = `${count(room.members, 'member')}, ${room.unread} unread, kept by ${roots}`
  return item(room.name || 'Unnamed room', details)
}

function item(title: string, details = ''): HTMLElement {
  const line = document.createElement('li')
  const name = document.createElement('bdi')
  name.textContent = title
  line.append(name)
  if (details) line.append(Object.assign(document.createElement('small'), { textContent: details }))
  return line
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function byId(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (!element) throw new Error(`no element #${id}`)
  return element
}

function setText(id: string, text: string): void {
  byId(id).textContent = text
}

void bridge.start()
