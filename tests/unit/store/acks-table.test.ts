import { expect, test } from 'vitest'
import { addRoom, openStore } from '../../helpers/store.js'

const LOG = Buffer.alloc(32, 1)
const [R1, R2] = [Buffer.alloc(32, 8), Buffer.alloc(32, 9)] as [Buffer, Buffer]

test('an acknowledgement raises a replica’s row and never lowers it', () => {
  const { acks } = openStore()
  expect(acks.raise(LOG, R1, 5)).toBe(true)
  expect(acks.raise(LOG, R1, 5)).toBe(false)
  expect(acks.raise(LOG, R1, 3)).toBe(false)
  expect(acks.of(LOG, R1)).toBe(5)
})

test('what a replica now names less lowers its row alone', () => {
  const { acks } = openStore()
  acks.raise(LOG, R1, 5)
  acks.raise(LOG, R2, 4)
  expect(acks.lower(LOG, R1, 2)).toBe(true)
  expect(acks.lower(LOG, R1, 2)).toBe(false)
  expect(acks.lower(LOG, R1, 9)).toBe(false)
  expect([acks.of(LOG, R1), acks.of(LOG, R2), acks.anywhere(LOG)]).toEqual([2, 4, 4])
})

test('stored counts the given replicas only, and of them the one with the most', () => {
  const { acks } = openStore()
  acks.raise(LOG, R1, 5)
  acks.raise(LOG, R2, 3)
  expect(acks.longest(LOG, [R2])).toBe(3)
  expect(acks.longest(LOG, [R1, R2])).toBe(5)
  expect(acks.longest(LOG, [])).toBe(0)
})

test('positions of other people only rise', () => {
  const store = openStore()
  const { room } = addRoom(store)
  const [bob, carol] = [Buffer.alloc(32, 2), Buffer.alloc(32, 3)] as [Buffer, Buffer]
  expect(store.acks.raisePosition(room, LOG, bob, 3)).toBe(true)
  expect(store.acks.raisePosition(room, LOG, bob, 2)).toBe(false)
  expect(store.acks.raisePosition(room, LOG, carol, 7)).toBe(true)
  expect(store.acks.received(LOG)).toBe(7)
})
