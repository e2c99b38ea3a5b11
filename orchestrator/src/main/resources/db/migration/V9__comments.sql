-- What keeps a forge from being told the same twice, or too often: a fingerprint of our comment as it stands on a pull request,
-- those of the statuses that stand beside a commit, and when that may be told of again while something still goes on.
ALTER TABLE pull ADD COLUMN told TEXT;
ALTER TABLE note ADD COLUMN statuses TEXT NOT NULL DEFAULT '';
ALTER TABLE note ADD COLUMN next_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX note_due ON note (repository) WHERE marked > posted;

-- Heads that a change had before its present one, and what came of them.
CREATE TABLE former_head (
    change  BIGINT NOT NULL,
    head    TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    outcome TEXT   NOT NULL,
    PRIMARY KEY (change, head)
);
