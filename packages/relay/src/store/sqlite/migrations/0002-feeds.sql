-- Numbers of feeds, byte for byte as they were signed, and their parts by SHA-256. Everything here is public.
CREATE TABLE feed_head (
  desk_key BLOB NOT NULL,
  number INTEGER NOT NULL,
  hash BLOB NOT NULL,
  card BLOB NOT NULL,
  day INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (desk_key, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_head_by_card ON feed_head (card);

CREATE TABLE feed_part (
  hash BLOB PRIMARY KEY,
  day INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_part_by_day ON feed_part (day);

-- Which number lists which part.
CREATE TABLE feed_listed (
  desk_key BLOB NOT NULL,
  part BLOB NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (desk_key, part, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_listed_by_part ON feed_listed (part);
