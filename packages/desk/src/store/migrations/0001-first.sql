-- A desk's store, every page of it encrypted. Columns are explained in spec/desk-store.md.

-- Seeds and names: root-seed, successor-seed, log-seed, member-seed (32 bytes each), name (UTF-8).
CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- One identity a term. Those of past terms stay: late parcels are sealed to them.
CREATE TABLE intake (from_day TEXT PRIMARY KEY, identity TEXT NOT NULL, recipient TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE relay (url TEXT PRIMARY KEY, road TEXT NOT NULL, capability TEXT NOT NULL,
  unlisted INTEGER NOT NULL, cursor TEXT) STRICT, WITHOUT ROWID;

-- Cells as received. `ours` is 1 for those that a report of ours is known to need; the others are dropped after a while.
CREATE TABLE cell (
  id TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  ours INTEGER NOT NULL DEFAULT 0,
  body BLOB NOT NULL CHECK (length(body) = 16384)
) STRICT;
CREATE INDEX cell_by_use ON cell (ours, day);

-- Every sender that brought a root cell, once. `settled` is 1 when the ledger says what there is to say, and 2 while a
-- stranger's waits because enough of them came in today.
CREATE TABLE arrival (
  root TEXT NOT NULL,
  sender TEXT NOT NULL,
  road TEXT NOT NULL,
  day TEXT NOT NULL,
  settled INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (root, sender)
) STRICT;
CREATE INDEX arrival_unsettled ON arrival (settled) WHERE settled = 0;

-- Roots that our keys open. `waits_for` is a cell that has not arrived.
CREATE TABLE root (
  id TEXT PRIMARY KEY,
  standing TEXT NOT NULL CHECK (standing IN ('waiting', 'whole', 'unreadable')),
  waits_for TEXT
) STRICT, WITHOUT ROWID;

-- The ledger: each member's chain as signed, and where it ends.
CREATE TABLE entry (
  member TEXT NOT NULL,
  n INTEGER NOT NULL,
  hash TEXT NOT NULL,
  line BLOB NOT NULL,
  PRIMARY KEY (member, n)
) STRICT;
CREATE TABLE head (member TEXT PRIMARY KEY, n INTEGER NOT NULL, hash TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE picture (sha256 TEXT PRIMARY KEY, jpeg BLOB NOT NULL) STRICT;
CREATE TABLE publication (id TEXT NOT NULL, revision INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY KEY (id, revision)) STRICT;
CREATE TABLE feed (number INTEGER PRIMARY KEY, file BLOB NOT NULL) STRICT;
