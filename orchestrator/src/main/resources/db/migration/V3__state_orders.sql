-- What people ask to be done with a stack's state; each is carried out by a run of its own.
CREATE TABLE state_order (
    id         BIGINT NOT NULL PRIMARY KEY,
    repository TEXT   NOT NULL,
    folder     TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    words      TEXT   NOT NULL,
    forced     BOOLEAN NOT NULL,
    actor      TEXT   NOT NULL,
    artifact   TEXT,
    at         BIGINT NOT NULL
);

-- The backend that a person moved the stack's state to, before a commit that asks for it is applied; and the managed version
-- that was moved, zero where it came from a backend.
ALTER TABLE stack ADD COLUMN moved_to TEXT;
ALTER TABLE stack ADD COLUMN moved_version BIGINT;
