-- 1 to 8: relays of one number are one operator's. Null: nobody else's.
ALTER TABLE relay ADD COLUMN operator INTEGER CHECK (operator BETWEEN 1 AND 8);
