import { expect, test } from 'vitest'
import type { RoomChannel } from '../../../src-main/log/room-channel.js'
import { SignalGate } from '../../../src-main/log/signal-gate.js'
import type { Signal } from '../../../src-main/protocol/room-messages.js'

const NOW = 1_000_000_000
const MINUTE = 60_000
const channel = () => ({}) as RoomChannel

function signal(fields: Partial<Signal> = {}): Signal {
  return {
    logKey: Buffer.alloc(32),
    counter: NOW,
    time: NOW,
    nonce: Buffer.alloc(24),
    sealed: Buffer.alloc(8),
    ...fields
  }
}

test('a signal passes while none of its log was accepted at or above its counter', () => {
  const gate = new SignalGate()
  expect(gate.admits(signal(), channel(), NOW)).toBe(true)
  gate.accept(signal())
  expect(gate.admits(signal(), channel(), NOW)).toBe(false)
  expect(gate.admits(signal({ counter: NOW - 1 }), channel(), NOW)).toBe(false)
  expect(gate.admits(signal({ counter: NOW + 1 }), channel(), NOW)).toBe(true)
  expect(gate.admits(signal({ logKey: Buffer.alloc(32, 1) }), channel(), NOW)).toBe(true)
})

test('what was only looked at does not keep later signals out', () => {
  const gate = new SignalGate()
  expect(gate.admits(signal({ counter: NOW + MINUTE }), channel(), NOW)).toBe(true)
  expect(gate.admits(signal(), channel(), NOW)).toBe(true)
})

test('a signal older than five minutes, or counted further ahead than that, is dropped', () => {
  const gate = new SignalGate()
  expect(gate.admits(signal({ time: NOW - 5 * MINUTE }), channel(), NOW)).toBe(true)
  expect(gate.admits(signal({ time: NOW - 5 * MINUTE - 1 }), channel(), NOW)).toBe(false)
  expect(gate.admits(signal({ counter: NOW + 5 * MINUTE }), channel(), NOW)).toBe(true)
  expect(gate.admits(signal({ counter: NOW + 5 * MINUTE + 1 }), channel(), NOW)).toBe(false)
})

test('a channel that floods is cut off, others are not', () => {
  const gate = new SignalGate()
  const flood = channel()
  const passed = Array.from({ length: 500 }, () => gate.admits(signal(), flood, NOW)).filter(Boolean)
  expect(passed.length).toBe(100)
  expect(gate.admits(signal(), channel(), NOW)).toBe(true)
})
