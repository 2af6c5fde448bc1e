/**
 * Frames of one log that wait for their turn. Those that follow each other directly may be taken in as one under the
 * last signature (DESIGN §4.2), which is one check and one write for many when they come faster than the disk takes them.
 */
import { LIMITS } from '../protocol/limits.js'
import type { Frame } from '../protocol/room-messages.js'
import type { Received } from './log.js'

/** Below what a replica keeps a signature for, so that merging widens no gap between them. */
const MOST_ENTRIES = LIMITS.signatureEveryEntries
const MOST_BYTES = LIMITS.signatureEveryBytes / 2

export interface Arrival {
  readonly frame: Frame
  /** What became of it, if it was taken in with an earlier one. */
  received: Received | null
  /** It was in a run that does not hold: each of those is judged by its own signature. */
  alone: boolean
  next: Arrival | null
}

export class Arrivals {
  #last: Arrival | null = null

  add(frame: Frame): Arrival {
    const arrival = { frame, received: null, alone: false, next: null }
    if (this.#last) this.#last.next = arrival
    this.#last = arrival
    return arrival
  }

  /** Its turn has come: what arrives from now on is behind nothing. Keeps no frame longer than it takes. */
  begin(arrival: Arrival): void {
    if (this.#last === arrival) this.#last = null
  }

  /**
   * This one and those behind it that extend a log of `length` without a gap. The first entry stays alone, because its
   * signature is kept for good.
   */
  run(first: Arrival, length: number, finalLength: number): Arrival[] {
    const run = [first]
    if (first.alone || length === 0 || first.frame.start > length || endOf(first.frame) <= length) return run
    let entries = first.frame.blocks.length
    let bytes = sizeOf(first.frame)
    for (let next = first.next, end = endOf(first.frame); next?.frame.start === end && !next.alone; next = next.next) {
      end = endOf(next.frame)
      entries += next.frame.blocks.length
      bytes += sizeOf(next.frame)
      if (entries > MOST_ENTRIES || bytes > MOST_BYTES || end > finalLength) return run
      run.push(next)
    }
    return run
  }
}

/** One frame of several that follow each other, under the signature of the last. */
export function mergeFrames(run: readonly Arrival[]): Frame {
  const frames = run.map((arrival) => arrival.frame)
  const { logKey, start } = frames[0] as Frame
  return {
    logKey,
    start,
    blocks: frames.flatMap((frame) => frame.blocks),
    signature: (frames.at(-1) as Frame).signature
  }
}

function endOf(frame: Frame): number {
  return frame.start + frame.blocks.length
}

function sizeOf(frame: Frame): number {
  return frame.blocks.reduce((size, block) => size + block.byteLength, 0)
}
