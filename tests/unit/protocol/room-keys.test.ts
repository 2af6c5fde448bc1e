import { expect, it } from 'vitest'
import { hex } from '../../../src-main/protocol/bytes.js'
import { roomKeys, roomTopic } from '../../../src-main/protocol/room-keys.js'
import { count, identity, room, secret } from '../../formats/inputs.js'

it('gives whoever has the secret and the creator the same keys', () => {
  expect(roomKeys(Buffer.from(secret), Buffer.from(identity.publicKey))).toEqual(room)
})

it('gives another room to another secret or another creator', () => {
  const others = [roomKeys(count(32, 1), identity.publicKey), roomKeys(secret, Buffer.alloc(32))]
  expect(new Set([room, ...others].map(({ roomId }) => hex(roomId))).size).toBe(3)
})

it('keeps what the room id gives apart from what only the secret gives', () => {
  const keys = [room.roomId, room.topic, room.contentKey, room.signalKey, room.secret].map(hex)
  expect(new Set(keys).size).toBe(5)
  expect(roomTopic(room.roomId)).toEqual(room.topic)
})
