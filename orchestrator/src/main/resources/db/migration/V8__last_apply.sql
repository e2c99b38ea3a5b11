-- When a stack was really applied last; it may have been found to be as main wants it since.
ALTER TABLE stack ADD COLUMN changed_at BIGINT;
UPDATE stack SET changed_at = applied_at;
