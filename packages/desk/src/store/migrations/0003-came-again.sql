-- Roots of ours that were brought again since the last number of the feed: their senders may wait for a receipt.
CREATE TABLE came_again (root TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
