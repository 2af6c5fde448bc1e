/** Every bound on what comes in or goes out, in one place. Bytes unless the name says otherwise. */
const KIB = 1024
const MIB = 1024 * KIB

export const LIMITS = {
  /** Whole block sizes on a log: version, nonce, padded entry, MAC. */
  blockSizes: [256, KIB, 4 * KIB, 16 * KIB, 64 * KIB],
  text: 32 * KIB,
  roomName: 32,
  roomTopic: 1024,
  memberNameGraphemes: 64,
  memberName: 1024,
  inviteCharacters: 320,
  inviteKeys: 3,
  entryHeads: 64,
  sealedBoxes: 16,
  /** Entries and bytes that one append coalesces. */
  appendEntries: 64,
  appendBytes: 64 * KIB,
  /** A pull is answered with frames of at most this many entries and bytes. */
  pullEntries: 1000,
  pullBytes: MIB,
  /** A replica keeps a frame end's signature at least this often. */
  signatureEveryEntries: 250,
  signatureEveryBytes: 512 * KIB,
  /** Wire frames: push and pull answers may be larger than the rest. */
  frame: 256 * KIB,
  pushFrame: 1.25 * MIB,
  rosterRows: 256,
  headsRows: 256,
  peersRows: 64,
  signalBody: 4 * KIB,
  logsPerRoom: 256,
  shownLogsPerIdentity: 8,
  /** A log's Lamport time may step this far above what its author had seen. */
  lamportStep: 2 ** 20,
  lamportMax: Number.MAX_SAFE_INTEGER,
  /** Wall clocks ahead of ours by more than this are shown as now (ms). */
  clockAhead: 5 * 60_000,
  receivedShownUpToDevices: 32,
  /** Signatures of a frame: multisig with one signer is 68 bytes. */
  signature: 128,
  pullsPerConnection: 4,
  pushFramesPerSecond: 200,
  pushBytesPerSecond: 2 * MIB,
  pushBurst: 5,
  pendingWritesPause: 4 * MIB,
  pendingWritesDrop: 16 * MIB,
  protocolErrors: 3,
  grantDays: 365,
  grantRenewDays: 180,
  grantMaxDays: 400,
  grantRemovalDays: 90
} as const
