/** What a root peer takes on. Every figure is an option of its operator. */
export interface RootPeerLimits {
  readonly rooms: number
  readonly roomBytes: number
  readonly logBytes: number
  /** Topics joined at a time: those of the rooms that were active last. The others are reached by our key. */
  readonly announcedRooms: number
  /** New rooms that one stranger's key may register: at once, and then each hour. */
  readonly newRoomsAtOnce: number
  readonly newRoomsPerHour: number
  /** Rooms open at a time, each with its logs (41 KB a log). */
  readonly openRooms: number
  /** A room that no connection uses is closed after this time, in ms. */
  readonly idleRoom: number
}

const MIB = 1024 * 1024

export const ROOT_PEER_LIMITS: RootPeerLimits = {
  rooms: 10_000,
  roomBytes: 512 * MIB,
  logBytes: 64 * MIB,
  announcedRooms: 200,
  newRoomsAtOnce: 100,
  newRoomsPerHour: 10,
  openRooms: 2_000,
  idleRoom: 60_000
}
