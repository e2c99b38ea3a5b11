-- Up to when the comments on a remote's pull requests were read; heard are the ids, one a line, of those said in just that instant.
CREATE TABLE comment_cursor (
    repository TEXT   NOT NULL PRIMARY KEY,
    since      BIGINT NOT NULL,
    heard      TEXT   NOT NULL DEFAULT ''
);

-- A command that somebody wrote in a comment on a pull request, and what became of it; place is its place in that comment.
CREATE TABLE pull_command (
    id         BIGINT  NOT NULL PRIMARY KEY,
    repository TEXT    NOT NULL,
    pull       BIGINT  NOT NULL,
    comment    BIGINT  NOT NULL,
    place      INTEGER NOT NULL,
    author     TEXT    NOT NULL,
    line       TEXT    NOT NULL,
    said_at    BIGINT  NOT NULL,
    state      TEXT    NOT NULL,
    answer     TEXT    NOT NULL,
    UNIQUE (repository, comment, place)
);
CREATE INDEX pull_command_pull ON pull_command (repository, pull, id);
