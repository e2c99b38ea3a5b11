-- Who asked this server for a branch that takes a change back: it is theirs, though a forge names the server as who made it.
CREATE TABLE revert_request (
    repository TEXT NOT NULL,
    branch     TEXT NOT NULL,
    actor      TEXT NOT NULL,
    PRIMARY KEY (repository, branch, actor)
);
