-- What a relay knows. No address, no name of a program, no time finer than a day, no row number that counts arrivals:
-- every table is keyed by what it holds.

-- Places of the file of bodies where no cell of a closed window lies (../slots.ts): rows of one size, overwritten where
-- they are. `head` is 76 bytes: id 32, commitment 32, day 4, window 8; id and commitment are zero where there is no cell,
-- then day is 1 where something is still to be overwritten there, and window the one in which the slot became free.
CREATE TABLE slot (
  place INTEGER PRIMARY KEY,
  head BLOB NOT NULL
) STRICT;

-- The cells of closed windows, named by their SHA-256, written in the order of their ids. `window` is the listing window
-- (../listing.ts): they arrived after those of the window before; within a window nothing tells the order. `commitment`
-- is SHA-256 of the token that makes it forgotten. The body lies at `place`.
CREATE TABLE cell (
  window INTEGER NOT NULL,
  id BLOB NOT NULL,
  day INTEGER NOT NULL,
  commitment BLOB NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (window, id)
) STRICT, WITHOUT ROWID;
-- With the day in it, names are walked without touching a body.
CREATE UNIQUE INDEX cell_by_id ON cell (id, day);
CREATE INDEX cell_by_commitment ON cell (commitment);
CREATE INDEX cell_by_day ON cell (day);

-- A cell that was forgotten: it never comes back while this row is here.
CREATE TABLE tombstone (
  id BLOB PRIMARY KEY,
  token BLOB NOT NULL,
  commitment BLOB NOT NULL,
  day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstone_by_day ON tombstone (day);

-- One row. `window` is the open one; `places` is how many the file of bodies has. `torn` is 1 where a process ended without closing the store:
-- then bodies that no row names may lie at free places, until noise lies there. `epoch` makes cursors of another store unknown here. `pulse` is random and written in every transaction, so
-- that one which stores nothing new still waits for the disk.
CREATE TABLE listing (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  epoch TEXT NOT NULL,
  window INTEGER NOT NULL,
  places INTEGER NOT NULL,
  torn INTEGER NOT NULL,
  pulse BLOB NOT NULL
) STRICT;
INSERT INTO listing VALUES (1, lower(hex(randomblob(8))), 1, 0, 0, randomblob(16));

-- Who may pull everything and publish a feed, until when. Only the hash of a capability is kept.
CREATE TABLE admission (
  capability_hash BLOB PRIMARY KEY,
  key BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('desk', 'mirror')),
  until_day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- SHA-256 of tokens that were paid with, until their key's term is over.
CREATE TABLE spent_token (
  hash BLOB PRIMARY KEY,
  until_day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The relay's own: its name, its token keys.
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
