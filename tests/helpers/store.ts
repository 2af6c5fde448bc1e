/** A profile's database in a temporary folder, and rooms in it. */
import { join } from 'node:path'
import { randomBytes, signKeyPair } from '../../src-main/protocol/crypto.js'
import { type RoomKeys, roomKeys } from '../../src-main/protocol/room-keys.js'
import type { NewMessage } from '../../src-main/store/messages-table.js'
import type { RoomRow } from '../../src-main/store/rooms-table.js'
import { Store } from '../../src-main/store/store.js'
import { type Teardown, tempDir, withTest } from './temp.js'

export interface StoreSetup {
  readonly file?: string
  readonly key?: Buffer
  readonly teardown?: Teardown
}

export function openStore(setup: StoreSetup = {}): Store {
  const { teardown = withTest, key = randomBytes(32) } = setup
  const store = new Store(setup.file ?? join(tempDir(teardown), 'mangrove.db'), key)
  teardown(() => store.close())
  return store
}

export function addRoom(store: Store, keys: RoomKeys = roomKeys(randomBytes(32), randomBytes(32))): RoomRow {
  const { roomId, secret, creator } = keys
  return store.rooms.add({
    roomId,
    secret,
    creator,
    inviteName: '',
    inviteRootPeers: [],
    inviter: null,
    joinedAt: 0
  })
}

/** A log in the index whose author is known and which is shown. */
export function addLog(
  store: Store,
  room: number,
  identity: Buffer = signKeyPair().publicKey,
  logKey = randomBytes(32)
) {
  const { log } = store.logs.ensure(room, logKey)
  store.logs.setAuthor(log, identity, randomBytes(32), 1)
  store.logs.updateShown(room, identity)
  return { room, log, logKey, identity }
}

type Place = ReturnType<typeof addLog>

/** A message of that log as the indexer adds it. */
export function addMessage(store: Store, place: Place, message: Partial<NewMessage> = {}): NewMessage {
  const { room, log, logKey, identity } = place
  const defaults = { messageId: randomBytes(16), sequence: 1, lamport: 1, time: 0, text: '' }
  const added = { room, log, logKey, identity, ...defaults, ...message }
  store.messages.add(added)
  return added
}
