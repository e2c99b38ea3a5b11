-- What a pull request's comment showed since when, by the forge's clock: an approval is given for what stood there.
CREATE TABLE pull_shown (
    repository TEXT   NOT NULL,
    number     BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    head       TEXT   NOT NULL,
    digest     TEXT   NOT NULL,
    PRIMARY KEY (repository, number, at, head, digest)
);
ALTER TABLE pull ADD COLUMN merged_by TEXT;

-- The digest of all plans that a change was last reported with; null while it is planned.
ALTER TABLE change ADD COLUMN plans_digest TEXT;

-- Who approved a change before it was merged: it counts while head and digest are what they were then.
CREATE TABLE change_approval (
    change BIGINT NOT NULL,
    head   TEXT   NOT NULL,
    digest TEXT   NOT NULL,
    actor  TEXT   NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (change, head, digest, actor)
);
