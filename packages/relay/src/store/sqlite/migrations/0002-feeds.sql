-- Signed feed files, byte for byte.
CREATE TABLE feed (
  desk_key BLOB NOT NULL,
  number INTEGER NOT NULL,
  hash BLOB NOT NULL,
  file BLOB NOT NULL,
  PRIMARY KEY (desk_key, number)
) STRICT, WITHOUT ROWID;
