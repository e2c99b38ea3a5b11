-- A repository that lives on a forge: when it is looked at, and what keeps it from being seen.
CREATE TABLE remote (
    id            BIGINT NOT NULL PRIMARY KEY,
    repository    TEXT   NOT NULL UNIQUE,
    next_at       BIGINT NOT NULL,
    seen_at       BIGINT,
    asked         BIGINT NOT NULL,
    answered      BIGINT NOT NULL,
    failures      INTEGER NOT NULL,
    trouble_kind  TEXT,
    trouble       TEXT,
    trouble_since BIGINT,
    news          TEXT   NOT NULL,
    notes_refused TEXT
);
CREATE INDEX remote_next ON remote (next_at);

-- What is to be told on a commit of a remote, and whether it was: posted is the mark up to which it stands there. The text is
-- made when it is posted, from what its subject is then.
CREATE TABLE note (
    repository TEXT   NOT NULL,
    commit_sha TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    marked     BIGINT NOT NULL,
    posted     BIGINT NOT NULL,
    PRIMARY KEY (repository, commit_sha, subject)
);

-- When a branch was last known not to have moved yet; null where that is the moment of the push itself.
ALTER TABLE push ADD COLUMN unmoved_at BIGINT;
