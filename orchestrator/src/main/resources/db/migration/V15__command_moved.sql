-- When a command came on last: begun, or taken up again.
ALTER TABLE pull_command ADD COLUMN moved_at BIGINT NOT NULL DEFAULT 0;
