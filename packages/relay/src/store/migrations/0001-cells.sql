-- What a relay knows. No address, no name of a program, no time finer than a day, no row number that counts arrivals:
-- every table is keyed by what it holds.

-- A cell, named by its SHA-256. `window` is the listing window (routes/list-cells.ts): 256 cells that arrived after
-- those of the window before; within a window nothing tells the order.
CREATE TABLE cell (
  id BLOB PRIMARY KEY,
  body BLOB NOT NULL,
  day INTEGER NOT NULL,
  window INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX cell_by_window ON cell (window);
CREATE INDEX cell_by_day ON cell (day);

-- One row. `epoch` makes cursors of another store unknown here. `pulse` is random and written in every transaction, so
-- that one which stores nothing new still waits for the disk.
CREATE TABLE listing (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  epoch TEXT NOT NULL,
  window INTEGER NOT NULL,
  filled INTEGER NOT NULL,
  pulse BLOB NOT NULL
) STRICT;
INSERT INTO listing VALUES (1, lower(hex(randomblob(8))), 1, 0, randomblob(16));

-- Who may pull everything and publish a feed, until when. Only the hash of a capability is kept.
CREATE TABLE admission (
  capability_hash BLOB PRIMARY KEY,
  desk_key BLOB NOT NULL,
  until_day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE feed (
  desk_key BLOB NOT NULL,
  number INTEGER NOT NULL,
  hash BLOB NOT NULL,
  file BLOB NOT NULL,
  PRIMARY KEY (desk_key, number)
) STRICT, WITHOUT ROWID;
