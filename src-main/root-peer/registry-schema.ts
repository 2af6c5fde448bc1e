/**
 * Every version of the registry's database, oldest first. A version is never changed once released: a change is a new
 * one at the end. `user_version` counts how many were run.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE rooms (
    roomId BLOB PRIMARY KEY,
    registeredBy BLOB NOT NULL,
    expiresAt INTEGER NOT NULL,
    replicationFactor INTEGER NOT NULL,
    signature BLOB NOT NULL,
    createdAt INTEGER NOT NULL,
    lastActivity INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX roomsByActivity ON rooms (lastActivity);

  CREATE TABLE roster (
    position INTEGER PRIMARY KEY,
    roomId BLOB NOT NULL,
    logKey BLOB NOT NULL,
    kind TEXT NOT NULL,
    record BLOB NOT NULL,
    UNIQUE (roomId, logKey, kind)
  );

  CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) WITHOUT ROWID;
  `
]
