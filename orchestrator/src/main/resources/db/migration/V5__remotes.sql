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

-- Elsewhere main may be put back to a commit where it was before: what that asks for is another promise. So a stack is promised
-- once a merge, no longer once a commit.
CREATE TABLE intent_again (
    id           BIGINT NOT NULL PRIMARY KEY,
    repository   TEXT   NOT NULL,
    folder       TEXT   NOT NULL,
    merge_id     BIGINT NOT NULL,
    commit_sha   TEXT   NOT NULL,
    tree         TEXT   NOT NULL,
    kind         TEXT   NOT NULL,
    origin       TEXT,
    why          TEXT   NOT NULL,
    code         TEXT   NOT NULL,
    state        TEXT   NOT NULL,
    reason       TEXT   NOT NULL,
    reader       BOOLEAN NOT NULL,
    rule         TEXT   NOT NULL,
    approvals    INTEGER NOT NULL,
    change       BIGINT,
    reviewed_run BIGINT,
    plan_run     BIGINT,
    apply_run    BIGINT,
    lost_run     BIGINT,
    at           BIGINT NOT NULL,
    ended_at     BIGINT,
    UNIQUE (repository, folder, merge_id)
);
INSERT INTO intent_again (id, repository, folder, merge_id, commit_sha, tree, kind, origin, why, code, state, reason, reader,
        rule, approvals, change, reviewed_run, plan_run, apply_run, lost_run, at, ended_at)
 SELECT id, repository, folder, merge_id, commit_sha, tree, kind, origin, why, code, state, reason, reader,
        rule, approvals, change, reviewed_run, plan_run, apply_run, lost_run, at, ended_at
   FROM intent;
DROP TABLE intent;
ALTER TABLE intent_again RENAME TO intent;
CREATE INDEX intent_stack ON intent (repository, folder, id);
CREATE INDEX intent_merge ON intent (merge_id);
