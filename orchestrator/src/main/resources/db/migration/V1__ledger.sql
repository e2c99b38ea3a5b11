-- Times are milliseconds since 1970 in UTC. Ids come from the table counter, so that the same statements work on every
-- database. Long or secret content (plans, states, reports) stands in artifacts, encrypted; here stand their names.

-- db-scheduler's own table: one row for each subject that is to be advanced.
CREATE TABLE scheduled_tasks (
    task_name            TEXT    NOT NULL,
    task_instance        TEXT    NOT NULL,
    task_data            BLOB,
    execution_time       TIMESTAMP WITH TIME ZONE NOT NULL,
    picked               BOOLEAN NOT NULL,
    picked_by            TEXT,
    last_success         TIMESTAMP WITH TIME ZONE,
    last_failure         TIMESTAMP WITH TIME ZONE,
    consecutive_failures INTEGER,
    last_heartbeat       TIMESTAMP WITH TIME ZONE,
    version              BIGINT  NOT NULL,
    priority             SMALLINT,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_execution_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_last_heartbeat ON scheduled_tasks (last_heartbeat);

-- How often a subject was marked as changed, and up to which mark it has been looked at.
CREATE TABLE dirty (
    subject TEXT   NOT NULL PRIMARY KEY,
    marked  BIGINT NOT NULL,
    seen    BIGINT NOT NULL
);

CREATE TABLE counter (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

-- Lines for whoever watches: the pushing terminal, a page. Already masked.
CREATE TABLE feed (
    seq     BIGINT NOT NULL PRIMARY KEY,
    subject TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    line    TEXT   NOT NULL
);
CREATE INDEX feed_subject ON feed (subject, seq);

-- Who did what, and what became of it; nothing in it is ever changed or removed.
CREATE TABLE history (
    seq     BIGINT NOT NULL PRIMARY KEY,
    at      BIGINT NOT NULL,
    actor   TEXT   NOT NULL,
    kind    TEXT   NOT NULL,
    subject TEXT   NOT NULL,
    text    TEXT   NOT NULL
);
CREATE INDEX history_subject ON history (subject, seq);

-- One row for each movement of a branch, written down before the push is answered.
CREATE TABLE push (
    id         BIGINT NOT NULL PRIMARY KEY,
    repository TEXT   NOT NULL,
    branch     TEXT   NOT NULL,
    old_commit TEXT,
    new_commit TEXT,
    actor      TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    handled    BOOLEAN NOT NULL,
    watch      TEXT
);
CREATE INDEX push_branch ON push (repository, branch, id);

CREATE TABLE change (
    number       BIGINT NOT NULL PRIMARY KEY,
    repository   TEXT   NOT NULL,
    branch       TEXT   NOT NULL,
    title        TEXT   NOT NULL,
    author       TEXT   NOT NULL,
    head         TEXT   NOT NULL,
    base         TEXT,
    preview_tree TEXT,
    previewed_head TEXT,
    state        TEXT   NOT NULL,
    reason       TEXT   NOT NULL,
    reported     TEXT,
    reported_at  BIGINT,
    report_due   BOOLEAN NOT NULL,
    opened_at    BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL
);
CREATE INDEX change_branch ON change (repository, branch, state);

-- The stacks a change touches, for its present head and base.
CREATE TABLE change_stack (
    change  BIGINT NOT NULL,
    folder  TEXT   NOT NULL,
    kind    TEXT   NOT NULL,
    origin  TEXT,
    why     TEXT   NOT NULL,
    code    TEXT   NOT NULL,
    place   BIGINT NOT NULL,
    reader  BOOLEAN NOT NULL,
    run     BIGINT,
    PRIMARY KEY (change, folder)
);

-- One movement of the default branch, with what it asks to be applied.
CREATE TABLE merge (
    id         BIGINT NOT NULL PRIMARY KEY,
    repository TEXT   NOT NULL,
    old_commit TEXT,
    new_commit TEXT   NOT NULL,
    actor      TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    state      TEXT   NOT NULL,
    reason     TEXT   NOT NULL
);

-- The promise to apply one stack at one merge commit.
CREATE TABLE intent (
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
    UNIQUE (repository, folder, commit_sha)
);
CREATE INDEX intent_stack ON intent (repository, folder, id);
CREATE INDEX intent_merge ON intent (merge_id);

-- Who approved which change (its digest) of an intent.
CREATE TABLE approval (
    intent BIGINT NOT NULL,
    digest TEXT   NOT NULL,
    actor  TEXT   NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (intent, digest, actor)
);

CREATE TABLE run (
    number        BIGINT NOT NULL PRIMARY KEY,
    repository    TEXT   NOT NULL,
    folder        TEXT   NOT NULL,
    phase         TEXT   NOT NULL,
    destroy       BOOLEAN NOT NULL,
    origin        TEXT,
    commit_sha    TEXT   NOT NULL,
    tree          TEXT   NOT NULL,
    subject       TEXT   NOT NULL,
    plan_run      BIGINT,
    given         TEXT   NOT NULL,
    priority      INTEGER NOT NULL,
    state         TEXT   NOT NULL,
    reason        TEXT   NOT NULL,
    token         BIGINT,
    cancel        TEXT,
    code          TEXT,
    state_version BIGINT,
    inputs        TEXT,
    terraform     TEXT,
    digest        TEXT,
    file_digest   TEXT,
    handed_over   BOOLEAN NOT NULL,
    adds          INTEGER,
    changes       INTEGER,
    destroys      INTEGER,
    replaces      INTEGER,
    queued_at     BIGINT NOT NULL,
    started_at    BIGINT,
    ended_at      BIGINT
);
CREATE INDEX run_stack ON run (repository, folder, number);
CREATE INDEX run_live ON run (state, priority, number);
CREATE INDEX run_subject ON run (subject, number);

-- A stack's lane: who holds it, and the fencing token that only grows.
CREATE TABLE lane (
    repository TEXT   NOT NULL,
    folder     TEXT   NOT NULL,
    token      BIGINT NOT NULL,
    holder     BIGINT,
    PRIMARY KEY (repository, folder)
);

-- Managed state: every version that was ever taken back.
CREATE TABLE state_version (
    version    BIGINT NOT NULL PRIMARY KEY,
    repository TEXT   NOT NULL,
    folder     TEXT   NOT NULL,
    lineage    TEXT   NOT NULL,
    serial     BIGINT NOT NULL,
    artifact   TEXT   NOT NULL,
    run        BIGINT,
    token      BIGINT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE INDEX state_version_stack ON state_version (repository, folder, version);

-- What is known of a stack besides its state: outputs, what was applied last, drift.
CREATE TABLE stack (
    repository       TEXT   NOT NULL,
    folder           TEXT   NOT NULL,
    outputs          TEXT,
    outputs_hash     TEXT,
    applied_commit   TEXT,
    applied_code     TEXT,
    applied_inputs   TEXT,
    applied_run      BIGINT,
    applied_at       BIGINT,
    quarantine       TEXT,
    drift_next_at    BIGINT,
    drift_main       TEXT,
    drift_checked_at BIGINT,
    drift_run        BIGINT,
    PRIMARY KEY (repository, folder)
);

CREATE TABLE divergence (
    repository  TEXT   NOT NULL,
    folder      TEXT   NOT NULL,
    fingerprint TEXT   NOT NULL,
    address     TEXT   NOT NULL,
    path        TEXT   NOT NULL,
    text        TEXT   NOT NULL,
    first_seen  BIGINT NOT NULL,
    last_seen   BIGINT NOT NULL,
    alerted_at  BIGINT,
    resolved_at BIGINT,
    PRIMARY KEY (repository, folder, fingerprint)
);

-- One look for drift: asked for by a person or due by its schedule.
CREATE TABLE drift_check (
    id         BIGINT NOT NULL PRIMARY KEY,
    repository TEXT   NOT NULL,
    folder     TEXT   NOT NULL,
    actor      TEXT   NOT NULL,
    run        BIGINT,
    state      TEXT   NOT NULL,
    reason     TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    ended_at   BIGINT
);
CREATE INDEX drift_check_stack ON drift_check (repository, folder, id);
