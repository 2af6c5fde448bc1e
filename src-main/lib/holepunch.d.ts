/** Types of the Holepunch packages that ship none: what Mangrove uses of them, checked against their sources. */

declare module 'hypercore-id-encoding' {
  /** 32 bytes to 52 characters of z-base-32. */
  export function encode(key: Uint8Array): string
  /** z-base-32 or hex to 32 bytes; throws on anything else. */
  export function decode(id: string | Uint8Array): Buffer
  /** Any form to z-base-32. */
  export function normalize(id: string | Uint8Array): string
  export function isValid(id: unknown): boolean
  const hypercoreId: {
    encode: typeof encode
    decode: typeof decode
    normalize: typeof normalize
    isValid: typeof isValid
  }
  export default hypercoreId
}

declare module 'fd-lock' {
  /** An OS lock on an open file; ready() throws when another holds it; close() closes the descriptor. */
  export default class FDLock {
    constructor(fd: number, options?: { wait?: boolean })
    readonly locked: boolean
    ready(): Promise<void>
    close(): Promise<void>
    suspend(): Promise<void>
    resume(): Promise<void>
    /** Gives the descriptor away; the caller closes it. */
    transfer(): number
  }
}

declare module 'hyperdht' {
  import { EventEmitter } from 'node:events'
  import type { Duplex } from 'node:stream'

  export interface KeyPair {
    publicKey: Buffer
    secretKey: Buffer
  }

  export interface HostPort {
    host: string
    port: number
  }

  export interface DhtOptions {
    bootstrap?: (HostPort | string)[]
    nodes?: HostPort[]
    keyPair?: KeyPair
    seed?: Buffer
    port?: number
    /** False: a taken port throws instead of falling back to a free one. */
    anyPort?: boolean
    host?: string
    ephemeral?: boolean
    firewalled?: boolean
    connectionKeepAlive?: number | false
    deferRandomPunch?: boolean
    randomPunchInterval?: number
  }

  /** @hyperswarm/secret-stream: an encrypted duplex stream between two Noise keys. */
  export interface NoiseSecretStream extends Duplex {
    readonly isInitiator: boolean
    readonly publicKey: Buffer
    readonly remotePublicKey: Buffer
    readonly handshakeHash: Buffer
    readonly connected: boolean
    readonly opened: Promise<boolean>
    readonly rawStream: RawStream
    readonly rawBytesRead: number
    readonly rawBytesWritten: number
    userData: unknown
    /** streamx: true from destroy() on, before 'close'. */
    readonly destroying: boolean
    /** streamx: bytes written and not taken yet. */
    readonly _writableState: { readonly buffered: number }
    /** streamx: bytes received and not read yet. */
    readonly _readableState: { readonly buffered: number }
    setKeepAlive(ms: number): void
    setTimeout(ms: number): void
    /** Writes an empty message, which the other side eats. */
    sendKeepAlive(): void
    flush(): Promise<boolean>
  }

  /** udx-native's stream under a secret stream. It acknowledges what arrives whether or not anybody reads. */
  export interface RawStream extends EventEmitter {
    readonly remoteHost: string | null
    readonly remotePort: number
    /** Counts every packet of the stream, bare acknowledgements too. */
    readonly packetsReceived: number
    /** Bytes sent and not acknowledged. */
    readonly inflight: number
    readonly _writableState: { readonly buffered: number }
    readonly _readableState: { readonly buffered: number }
  }

  export interface DhtServer extends EventEmitter {
    readonly publicKey: Buffer | null
    readonly closed: boolean
    listen(keyPair?: KeyPair): Promise<void>
    address(): { publicKey: Buffer; host: string; port: number } | null
    refresh(): void
    close(): Promise<void>
  }

  export default class HyperDHT extends EventEmitter {
    static keyPair(seed?: Buffer): KeyPair
    static hash(data: Uint8Array): Buffer
    constructor(options?: DhtOptions)
    readonly defaultKeyPair: KeyPair
    readonly online: boolean
    readonly bootstrapped: boolean
    readonly firewalled: boolean
    readonly ephemeral: boolean
    readonly suspended: boolean
    readonly destroyed: boolean
    readonly host: string | null
    readonly port: number
    ready(): Promise<void>
    /** Binds the sockets; throws Node's error codes. */
    bind(): Promise<void>
    fullyBootstrapped(): Promise<void>
    /** Nodes of the routing table, newest first. */
    toArray(options?: { limit?: number }): HostPort[]
    address(): { host: string; family: number; port: number } | null
    connect(remotePublicKey: Buffer, options?: { keyPair?: KeyPair }): NoiseSecretStream
    createServer(onconnection?: (stream: NoiseSecretStream) => void): DhtServer
    createServer(
      options: { firewall?: (remotePublicKey: Buffer, payload: unknown) => boolean },
      onconnection?: (stream: NoiseSecretStream) => void
    ): DhtServer
    suspend(options?: { log?: (...args: unknown[]) => void }): Promise<void>
    resume(options?: { log?: (...args: unknown[]) => void }): Promise<void>
    destroy(options?: { force?: boolean }): Promise<void>
  }
}

declare module 'hyperdht/testnet.js' {
  import type HyperDHT from 'hyperdht'
  import type { DhtOptions, HostPort } from 'hyperdht'

  export interface Testnet {
    readonly nodes: HyperDHT[]
    readonly bootstrap: HostPort[]
    createNode(options?: DhtOptions): HyperDHT
    destroy(): Promise<void>
    [Symbol.iterator](): IterableIterator<HyperDHT>
  }

  export default function createTestnet(
    size?: number,
    options?: { host?: string; port?: number; bootstrap?: HostPort[]; teardown?: (close: () => Promise<void>) => void }
  ): Promise<Testnet>
}

declare module 'hyperswarm' {
  import { EventEmitter } from 'node:events'
  import type HyperDHT from 'hyperdht'
  import type { DhtServer, HostPort, KeyPair, NoiseSecretStream } from 'hyperdht'

  export interface PeerInfo extends EventEmitter {
    readonly publicKey: Buffer
    readonly relayAddresses: HostPort[] | null
    readonly topics: Buffer[]
    readonly client: boolean
    readonly server: boolean
    readonly explicit: boolean
    readonly banned: boolean
    readonly attempts: number
    reconnect(reconnect: boolean): void
    ban(banned: boolean): void
  }

  export interface DiscoverySession {
    readonly topic: Buffer
    readonly isClient: boolean
    readonly isServer: boolean
    refresh(options?: { client?: boolean; server?: boolean; limit?: number }): Promise<void>
    flushed(): Promise<void>
    destroy(): Promise<void>
  }

  export interface SwarmOptions {
    keyPair?: KeyPair
    seed?: Buffer
    dht?: HyperDHT
    bootstrap?: (HostPort | string)[]
    nodes?: HostPort[]
    port?: number
    maxPeers?: number
    maxParallel?: number
    maxClientConnections?: number
    maxServerConnections?: number
    firewall?: (remotePublicKey: Buffer, payload: unknown) => boolean
    relayThrough?: Buffer | Buffer[] | ((force: boolean) => Buffer | null)
    handshakeClearWait?: number
    backoffs?: [number, number, number]
    jitter?: number
  }

  export default class Hyperswarm extends EventEmitter {
    constructor(options?: SwarmOptions)
    readonly keyPair: KeyPair
    readonly dht: HyperDHT
    readonly server: DhtServer
    readonly destroyed: boolean
    readonly suspended: boolean
    readonly connecting: number
    readonly connections: Set<NoiseSecretStream>
    readonly peers: Map<string, PeerInfo>
    join(topic: Buffer, options?: { server?: boolean; client?: boolean; limit?: number }): DiscoverySession
    leave(topic: Buffer): Promise<void>
    status(topic: Buffer): { readonly topic: Buffer; refresh(): Promise<boolean> } | null
    joinPeer(noisePublicKey: Buffer): void
    leavePeer(noisePublicKey: Buffer): void
    listen(): Promise<void>
    flush(): Promise<boolean>
    clear(): Promise<unknown>
    suspend(options?: { log?: (...args: unknown[]) => void }): Promise<void>
    resume(options?: { log?: (...args: unknown[]) => void }): Promise<void>
    destroy(options?: { force?: boolean }): Promise<void>
    on(event: 'connection', listener: (stream: NoiseSecretStream, peerInfo: PeerInfo) => void): this
    on(event: 'update', listener: () => void): this
    on(event: 'ban', listener: (peerInfo: PeerInfo, error?: Error) => void): this
    on(event: string, listener: (...args: never[]) => void): this
  }
}

declare module 'protomux' {
  import type { Duplex } from 'node:stream'

  export interface EncodingState {
    start: number
    end: number
    buffer: Uint8Array | null
  }

  export interface Encoding<T> {
    preencode(state: EncodingState, value: T): void
    encode(state: EncodingState, value: T): void
    decode(state: EncodingState): T
  }

  export interface MessageOptions<T, UserData = unknown> {
    encoding?: Encoding<T>
    autoBatch?: boolean
    /** A throw destroys the stream; a returned promise corks the channel until it settles. */
    onmessage?: (message: T, channel: Channel<UserData>) => void
  }

  export interface Message<T> {
    readonly type: number
    encoding: Encoding<T>
    onmessage: (message: T, channel: Channel) => void
    /** False when the stream's buffer is full or the channel is closed. */
    send(message: T): boolean
  }

  export interface Channel<UserData = unknown, Handshake = unknown> {
    userData: UserData
    readonly protocol: string
    readonly id: Buffer | null
    /** The other side's, once opened. */
    readonly handshake: Handshake | null
    readonly messages: Message<unknown>[]
    readonly opened: boolean
    readonly closed: boolean
    readonly destroyed: boolean
    readonly drained: boolean
    open(handshake?: Handshake): void
    close(): void
    cork(): void
    uncork(): void
    fullyOpened(): Promise<boolean>
    fullyClosed(): Promise<void>
    addMessage<T>(options: MessageOptions<T>): Message<T>
  }

  export interface ChannelOptions<UserData = unknown, Handshake = unknown> {
    userData?: UserData
    protocol: string
    aliases?: string[]
    id?: Uint8Array | null
    handshake?: Encoding<Handshake> | null
    unique?: boolean
    messages?: MessageOptions<never>[]
    onopen?: (handshake: Handshake, channel: Channel<UserData, Handshake>) => void
    onclose?: (isRemote: boolean, channel: Channel<UserData, Handshake>) => void
    ondestroy?: (channel: Channel<UserData, Handshake>) => void
    ondrain?: (channel: Channel<UserData, Handshake>) => void
  }

  export default class Protomux {
    static from(stream: Duplex | Protomux): Protomux
    static isProtomux(mux: unknown): mux is Protomux
    constructor(stream: Duplex)
    readonly stream: Duplex
    readonly isProtomux: true
    readonly drained: boolean
    isIdle(): boolean
    cork(): void
    uncork(): void
    pair(options: { protocol: string; id?: Uint8Array | null }, notify: (id: Buffer | null) => unknown): void
    unpair(options: { protocol: string; id?: Uint8Array | null }): void
    opened(options: { protocol: string; id?: Uint8Array | null }): boolean
    getLastChannel(options: { protocol: string; id?: Uint8Array | null }): Channel | null
    /** Null when a unique channel of that protocol and id is open already. */
    createChannel<UserData = unknown, Handshake = unknown>(
      options: ChannelOptions<UserData, Handshake>
    ): Channel<UserData, Handshake> | null
    destroy(error?: Error): void
    [Symbol.iterator](): IterableIterator<Channel>
  }
}

declare module 'hypercore' {
  import { EventEmitter } from 'node:events'
  import type { Batch, TreeNode } from 'hypercore/lib/merkle-tree.js'
  import type { KeyPair } from 'hyperdht'

  export interface Signer {
    publicKey: Uint8Array
    signature?: 'ed25519'
    namespace?: Uint8Array
  }

  export interface Manifest {
    version: number
    hash?: 'blake2b'
    allowPatch?: boolean
    quorum?: number
    signers: Signer[]
    prologue?: { hash: Uint8Array; length: number } | null
  }

  export interface Verifier {
    verify(batch: Batch, signature: Uint8Array): boolean
    sign(batch: Batch, keyPair: KeyPair): Buffer
  }

  /** hypercore/lib/session-state.js, as far as frames need it. */
  export interface SessionState {
    readonly length: number
    readonly fork: number
    /** The newest signature, of the whole length. */
    readonly signature: Buffer | null
    readonly roots: TreeNode[]
    /** The tree hash of the whole length. */
    hash(): Buffer
    createTreeBatch(): Batch
    readonly storage: {
      /** What is asked of it by `tryFlush` is read at once. */
      read(): { getBlock(index: number): Promise<Buffer | null>; tryFlush(): void }
      createUserDataStream(range: { gte?: string; lt?: string }): AsyncIterable<{ key: string; value: Buffer }>
      /** Where the log lies in the Corestore's storage. */
      readonly core: unknown
      readonly store: { deleteCore(pointer: unknown): Promise<void> }
    }
  }

  export interface CoreHeader {
    hints: { recovering?: number; contiguousLength?: number }
  }

  export interface Proof {
    fork: number
    block: { index: number; value: Uint8Array; nodes: TreeNode[] } | null
    hash: { index: number; nodes: TreeNode[] } | null
    seek: { bytes: number; nodes: TreeNode[] } | null
    upgrade: {
      start: number
      length: number
      nodes: TreeNode[]
      additionalNodes: TreeNode[]
      signature: Uint8Array
    } | null
    manifest: Manifest | null
  }

  export interface AppendOptions {
    keyPair?: KeyPair
    signature?: Uint8Array
    /** Appends nothing when it would grow beyond. */
    maxLength?: number
    writable?: boolean
    /** Synchronous, after the batch was flushed; must never throw. */
    postappend?: (() => void) | null
  }

  export interface HypercoreOptions {
    key?: Uint8Array | string
    keyPair?: KeyPair
    manifest?: Manifest
    name?: string
    discoveryKey?: Uint8Array
    writable?: boolean
    exclusive?: boolean
    active?: boolean
    wait?: boolean
    timeout?: number
    pushOnly?: boolean
    valueEncoding?: string
    createIfMissing?: boolean
  }

  export default class Hypercore extends EventEmitter {
    static parseManifest(manifest: Manifest): Manifest | null
    static key(manifest: Manifest | Uint8Array, options?: { compat?: boolean; version?: number }): Buffer
    static discoveryKey(key: Uint8Array): Buffer
    constructor(storage: unknown, key?: Uint8Array | null, options?: HypercoreOptions)
    readonly key: Buffer
    readonly discoveryKey: Buffer
    readonly id: string | null
    readonly manifest: Manifest | null
    readonly length: number
    readonly signedLength: number
    readonly contiguousLength: number
    readonly byteLength: number
    readonly fork: number
    readonly writable: boolean
    readonly recovering: boolean
    readonly opened: boolean
    readonly closed: boolean
    /** Set as soon as it begins to close. */
    readonly closing: Promise<void> | null
    readonly keyPair: KeyPair | null
    readonly state: SessionState
    readonly core: {
      header: CoreHeader
      verifier: Verifier
      state: SessionState
      opened: boolean
      close(): Promise<void>
    }
    ready(): Promise<void>
    append(blocks: Uint8Array | Uint8Array[], options?: AppendOptions): Promise<{ length: number; byteLength: number }>
    get(index: number, options?: { wait?: boolean; timeout?: number }): Promise<Buffer | null>
    has(start: number, end?: number): Promise<boolean>
    clear(start: number, end?: number): Promise<unknown>
    truncate(newLength?: number, options?: number | { fork?: number; signature?: Uint8Array }): Promise<void>
    /** Waits for the network when block length-1 is absent. */
    treeHash(length?: number): Promise<Buffer>
    signable(length?: number, fork?: number): Promise<Buffer>
    missingNodes(index: number): Promise<number>
    proof(options: {
      block?: { index: number; nodes: number }
      upgrade?: { start: number; length: number }
    }): Promise<Proof>
    applyProof(proof: Proof, from?: unknown): Promise<boolean>
    setUserData(key: string, value: Uint8Array | string | null): Promise<void>
    getUserData(key: string): Promise<Buffer | null>
    session(options?: HypercoreOptions): Hypercore
    snapshot(options?: HypercoreOptions): Hypercore
    update(options?: { wait?: boolean; force?: boolean }): Promise<boolean>
    createReadStream(options?: { start?: number; end?: number; live?: boolean }): AsyncIterable<Buffer>
    replicate(streamOrInitiator: unknown, options?: { keepAlive?: boolean }): unknown
    close(options?: { error?: Error }): Promise<void>
  }
}

declare module 'hypercore/lib/merkle-tree.js' {
  import type { SessionState } from 'hypercore'

  export interface TreeNode {
    index: number
    size: number
    hash: Buffer
  }

  export interface Batch {
    readonly length: number
    readonly byteLength: number
    readonly fork: number
    signature: Uint8Array | null
    append(block: Uint8Array): void
    hash(): Buffer
    signable(manifestHash: Uint8Array): Buffer
    restore(length: number): Promise<Batch>
    clone(): Batch
  }

  export const MerkleTree: {
    hash(state: SessionState): Buffer
    getRoots(state: SessionState, length: number): Promise<TreeNode[]>
  }
}

declare module 'hypercore/lib/verifier.js' {
  import type { Manifest } from 'hypercore'
  import type { Batch } from 'hypercore/lib/merkle-tree.js'

  export default class Verifier {
    static manifestHash(manifest: Manifest): Buffer
    static createManifest(manifest: Manifest): Manifest
    static fromManifest(manifest: Manifest): Verifier
    static isValidManifest(key: Uint8Array, manifest: Manifest): boolean
    constructor(manifestHash: Uint8Array, manifest: Manifest | null)
    readonly manifestHash: Buffer
    verify(batch: Pick<Batch, 'length' | 'fork' | 'hash' | 'signable'>, signature: Uint8Array): boolean
  }
}

declare module 'hypercore/lib/caps.js' {
  export function treeSignable(manifestHash: Uint8Array, treeHash: Uint8Array, length: number, fork: number): Buffer
  const caps: { treeSignable: typeof treeSignable }
  export default caps
}

declare module 'corestore' {
  import { EventEmitter } from 'node:events'
  import type Hypercore from 'hypercore'
  import type { HypercoreOptions } from 'hypercore'

  /** hypercore-storage, as far as syncing its write-ahead log needs it. */
  export interface CoreStorage {
    readonly path: string
    readonly rocks: {
      /** The write-ahead log now written to; its path is relative to the database's folder. */
      currentWalFile(): Promise<{ path: string }>
      flush(): Promise<void>
    }
    deleteCore?(pointer: unknown): Promise<void>
  }

  export default class Corestore extends EventEmitter {
    constructor(
      storage: string,
      options?: {
        id?: Uint8Array
        allowBackup?: boolean
        readOnly?: boolean
        wait?: boolean
        primaryKey?: Uint8Array
        unsafe?: boolean
      }
    )
    readonly storage: CoreStorage
    readonly opened: boolean
    readonly closed: boolean
    ready(): Promise<void>
    get(options: Uint8Array | string | HypercoreOptions): Hypercore
    namespace(name: string | Uint8Array): Corestore
    session(): Corestore
    list(namespace?: Uint8Array): AsyncIterable<Buffer>
    replicate(isInitiatorOrStream: unknown, options?: unknown): unknown
    suspend(options?: { log?: (...args: unknown[]) => void }): Promise<void>
    resume(): Promise<void>
    close(): Promise<void>
  }
}

declare module 'sodium-native' {
  export const crypto_sign_PUBLICKEYBYTES: 32
  export const crypto_sign_SECRETKEYBYTES: 64
  export const crypto_sign_SEEDBYTES: 32
  export const crypto_sign_BYTES: 64
  export const crypto_box_PUBLICKEYBYTES: 32
  export const crypto_box_SECRETKEYBYTES: 32
  export const crypto_box_SEEDBYTES: 32
  export const crypto_box_SEALBYTES: 48
  export const crypto_generichash_BYTES: 32
  export const crypto_generichash_KEYBYTES: 32
  export const crypto_generichash_STATEBYTES: number
  export const crypto_aead_xchacha20poly1305_ietf_ABYTES: 16
  export const crypto_aead_xchacha20poly1305_ietf_KEYBYTES: 32
  export const crypto_aead_xchacha20poly1305_ietf_NPUBBYTES: 24
  export const crypto_pwhash_SALTBYTES: 16
  export const crypto_pwhash_ALG_ARGON2ID13: 2
  export const crypto_pwhash_OPSLIMIT_MODERATE: number
  export const crypto_pwhash_MEMLIMIT_MODERATE: number
  export function randombytes_buf(output: Uint8Array): void
  export function sodium_memzero(buffer: Uint8Array): void
  export function sodium_memcmp(a: Uint8Array, b: Uint8Array): boolean
  export function sodium_malloc(size: number): Buffer
  export function sodium_mlock(buffer: Uint8Array): void
  export function sodium_munlock(buffer: Uint8Array): void
  export function crypto_sign_keypair(publicKey: Uint8Array, secretKey: Uint8Array): void
  export function crypto_sign_seed_keypair(publicKey: Uint8Array, secretKey: Uint8Array, seed: Uint8Array): void
  export function crypto_sign_detached(signature: Uint8Array, message: Uint8Array, secretKey: Uint8Array): void
  export function crypto_sign_verify_detached(
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: Uint8Array
  ): boolean
  export function crypto_box_keypair(publicKey: Uint8Array, secretKey: Uint8Array): void
  export function crypto_box_seed_keypair(publicKey: Uint8Array, secretKey: Uint8Array, seed: Uint8Array): void
  export function crypto_box_seal(ciphertext: Uint8Array, message: Uint8Array, publicKey: Uint8Array): void
  export function crypto_box_seal_open(
    message: Uint8Array,
    ciphertext: Uint8Array,
    publicKey: Uint8Array,
    secretKey: Uint8Array
  ): boolean
  export function crypto_scalarmult(shared: Uint8Array, secretKey: Uint8Array, publicKey: Uint8Array): void
  export function crypto_generichash(output: Uint8Array, input: Uint8Array, key?: Uint8Array): void
  export function crypto_generichash_batch(output: Uint8Array, inputs: readonly Uint8Array[], key?: Uint8Array): void
  /** Returns the number of bytes written. */
  export function crypto_aead_xchacha20poly1305_ietf_encrypt(
    ciphertext: Uint8Array,
    message: Uint8Array,
    additionalData: Uint8Array | null,
    secretNonce: null,
    nonce: Uint8Array,
    key: Uint8Array
  ): number
  /** Throws when the ciphertext was not sealed with this key and additional data. */
  export function crypto_aead_xchacha20poly1305_ietf_decrypt(
    message: Uint8Array,
    secretNonce: null,
    ciphertext: Uint8Array,
    additionalData: Uint8Array | null,
    nonce: Uint8Array,
    key: Uint8Array
  ): number
  export function crypto_pwhash_async(
    output: Uint8Array,
    password: Uint8Array,
    salt: Uint8Array,
    opsLimit: number,
    memLimit: number,
    algorithm: number
  ): Promise<void>
  const sodium: typeof import('sodium-native')
  export default sodium
}

declare module 'z32' {
  export function encode(bytes: Uint8Array): string
  /** Throws on a character that is not of the alphabet. */
  export function decode(text: string): Buffer
  const z32: { encode: typeof encode; decode: typeof decode }
  export default z32
}

declare module '@hyperswarm/secret-stream' {
  import type { Duplex } from 'node:stream'
  import type { KeyPair, NoiseSecretStream } from 'hyperdht'

  /** Without a raw stream it makes one of its own, to be piped to the other side's; without a key pair, a random one. */
  const SecretStream: new (
    isInitiator: boolean,
    rawStream?: null,
    options?: { keyPair?: KeyPair | undefined }
  ) => NoiseSecretStream & { readonly rawStream: Duplex & NoiseSecretStream['rawStream'] }
  export default SecretStream
}
