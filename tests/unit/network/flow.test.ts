import { expect, test } from 'vitest'
import { Flow } from '../../../src-main/network/flow.js'

function fakeStream() {
  const state = { paused: false }
  const stream = {
    pause: () => {
      state.paused = true
      return stream
    },
    resume: () => {
      state.paused = false
      return stream
    }
  }
  return { state, stream, flow: new Flow(stream) }
}

test('reading goes on only when everybody who paused has resumed, Protomux included', () => {
  const { state, stream, flow } = fakeStream()
  flow.pause()
  flow.pause()
  stream.pause()
  flow.resume()
  stream.resume()
  expect(state.paused).toBe(true)
  stream.pause()
  flow.resume()
  expect(state.paused).toBe(true)
  stream.resume()
  expect(state.paused).toBe(false)
})

test('one resume too many does not undo a later pause', () => {
  const { state, flow } = fakeStream()
  flow.resume()
  flow.pause()
  expect(state.paused).toBe(true)
  flow.resume()
  flow.resume()
  flow.pause()
  expect([state.paused, flow.paused]).toEqual([true, true])
})
