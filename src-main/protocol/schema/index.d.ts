/** Types of the generated codecs (see build/schema.mjs). */

interface State {
  start: number
  end: number
  buffer: Uint8Array | null
}

export interface Encoding<T> {
  preencode(state: State, value: T): void
  encode(state: State, value: T): void
  decode(state: State): T
}

export interface Head {
  log: Buffer | null
  length: number
}

export interface EntryFields {
  clientId: Buffer | null
  lamport: number
  time: number
  type: number
  body: Buffer | null
  heads: Head[] | null
}

export interface HelloFields {
  identityKey: Buffer
  deviceKey: Buffer
  deviceBoxKey: Buffer
  certifiedAt: number
  cert: Buffer
  logSignature: Buffer
  name: string | null
}

export interface RoomFields {
  name: string | null
  topic: string | null
  pin: Buffer | null
  unpin: Buffer | null
}

interface Structs {
  '@mangrove/entry': EntryFields
  '@mangrove/hello': HelloFields
  '@mangrove/text': { text: string }
  '@mangrove/profile': { name: string | null }
  '@mangrove/receipt': { read: Head[] | null }
  '@mangrove/room': RoomFields
  '@mangrove/positions': { received: Head[] | null; away: boolean }
}

export function resolveStruct<Name extends keyof Structs>(name: Name, version?: number): Encoding<Structs[Name]>
