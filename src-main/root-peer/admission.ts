/** Who may register rooms. Later ways to ask (mine, contacts, token) are further implementations of `Admission`. */
import type { NoiseKey } from '../protocol/ids.js'
import type { RegisterRoom, RootPeerRefusal } from '../protocol/root-peer-messages.js'

export interface Admission {
  /** Null admits. Asked for rooms that are new here, once they are known to fit into the quota. */
  refusal(request: RegisterRoom, peer: NoiseKey): RootPeerRefusal | null
}

export const admitAnyone: Admission = { refusal: () => null }
