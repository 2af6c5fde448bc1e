/**
 * The tables of mangrove.db, one migration a version, never edited once released.
 * Disposable (folded from the logs): logs, messages, copies, fields, positions, violations.
 * Local only: secrets, settings, rooms, roster, own_logs, outbox, acks, read_marks, root_peers, root_peer_rooms.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

  CREATE TABLE rooms (
    room INTEGER PRIMARY KEY,
    room_id BLOB NOT NULL UNIQUE,
    secret BLOB NOT NULL,
    creator BLOB NOT NULL,
    invite_name TEXT NOT NULL,
    invite_root_peers BLOB NOT NULL,
    inviter BLOB,
    joined_at INTEGER NOT NULL,
    leaving INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE roster (
    room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE,
    log_key BLOB NOT NULL,
    kind TEXT NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (room, log_key, kind)
  ) WITHOUT ROWID;
  CREATE TABLE own_logs (
    log_key BLOB PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE,
    public_key BLOB NOT NULL,
    secret_key BLOB NOT NULL,
    writable INTEGER NOT NULL,
    length INTEGER NOT NULL DEFAULT 0,
    tree_hash BLOB
  ) WITHOUT ROWID;
  CREATE INDEX own_logs_room ON own_logs (room);
  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE,
    client_id BLOB NOT NULL,
    log_key BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    block BLOB NOT NULL,
    entry BLOB NOT NULL,
    appended INTEGER NOT NULL DEFAULT 0
  );
  CREATE UNIQUE INDEX outbox_place ON outbox (log_key, sequence);
  CREATE INDEX outbox_room ON outbox (room, appended);
  CREATE TABLE acks (
    log_key BLOB NOT NULL,
    replica BLOB NOT NULL,
    length INTEGER NOT NULL,
    PRIMARY KEY (log_key, replica)
  ) WITHOUT ROWID;
  CREATE TABLE read_marks (log_key BLOB PRIMARY KEY, length INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE root_peers (
    key BLOB PRIMARY KEY,
    all_rooms INTEGER NOT NULL,
    added_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE root_peer_rooms (
    key BLOB NOT NULL,
    room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE,
    PRIMARY KEY (key, room)
  ) WITHOUT ROWID;

  CREATE TABLE logs (
    log INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE,
    log_key BLOB NOT NULL UNIQUE,
    identity BLOB,
    device BLOB,
    hello_lamport INTEGER NOT NULL DEFAULT 0,
    folded INTEGER NOT NULL DEFAULT 0,
    judged INTEGER NOT NULL DEFAULT 0,
    lamport INTEGER NOT NULL DEFAULT 0,
    peak INTEGER NOT NULL DEFAULT 0,
    told INTEGER NOT NULL DEFAULT 0,
    retired INTEGER NOT NULL DEFAULT 0,
    shown INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX logs_room ON logs (room, identity);
  CREATE TABLE messages (
    message INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE,
    message_id BLOB NOT NULL,
    log INTEGER NOT NULL,
    log_key BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    lamport INTEGER NOT NULL,
    identity BLOB NOT NULL,
    time INTEGER NOT NULL,
    text TEXT NOT NULL
  );
  CREATE UNIQUE INDEX messages_id ON messages (room, message_id);
  CREATE INDEX messages_order ON messages (room, lamport, log_key, sequence);
  CREATE INDEX messages_log ON messages (log, sequence);
  CREATE TABLE copies (
    room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE,
    message_id BLOB NOT NULL,
    log_key BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (room, message_id, log_key, sequence)
  ) WITHOUT ROWID;
  CREATE TABLE fields (
    room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE,
    field TEXT NOT NULL,
    key BLOB NOT NULL,
    value TEXT NOT NULL,
    lamport INTEGER NOT NULL,
    log_key BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (room, field, key)
  ) WITHOUT ROWID;
  CREATE TABLE positions (
    room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE,
    log_key BLOB NOT NULL,
    identity BLOB NOT NULL,
    length INTEGER NOT NULL,
    PRIMARY KEY (log_key, identity)
  ) WITHOUT ROWID;
  CREATE TABLE violations (
    room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE,
    log_key BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (log_key, sequence)
  ) WITHOUT ROWID;
  `
]
