-- The commit of a fork that somebody with write permission had a look at and asked to be planned, and who that was.
ALTER TABLE pull ADD COLUMN vouched TEXT;
ALTER TABLE pull ADD COLUMN vouched_by TEXT;
