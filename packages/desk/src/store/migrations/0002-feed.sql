-- The feed: heads and parts as they were signed and as relays serve them. Columns are explained in spec/desk-store.md.

DROP TABLE feed;
CREATE TABLE feed (number INTEGER PRIMARY KEY, day TEXT NOT NULL, head BLOB NOT NULL) STRICT;
CREATE TABLE feed_part (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;

-- Sets that are listed, with the day of the newest receipt in each, and the tags that any set ever named.
CREATE TABLE receipt_set (sha256 TEXT PRIMARY KEY, day TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE receipt (tag BLOB PRIMARY KEY, root TEXT NOT NULL, in_set TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_by_root ON receipt (root);
CREATE INDEX receipt_by_set ON receipt (in_set);

-- How many reports of an anonymous witness were counted, by the SHA-256 of the secret of their replies.
CREATE TABLE witness_count (secret TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE material (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;

-- Where a chain of replies stands, by the SHA-256 of the secret that it begins from: whoever seals two reports under one
-- secret gets one chain, and no key seals twice. Then the replies. `number` is the feed's that carried it; null while it waits.
CREATE TABLE reply_chain (secret TEXT PRIMARY KEY, n INTEGER NOT NULL, chain BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE reply (
  root TEXT NOT NULL,
  n INTEGER NOT NULL,
  unit TEXT NOT NULL,
  words TEXT NOT NULL,
  slot BLOB NOT NULL CHECK (length(slot) = 1024),
  number INTEGER,
  PRIMARY KEY (root, n)
) STRICT;
CREATE INDEX reply_waiting ON reply (number) WHERE number IS NULL;
