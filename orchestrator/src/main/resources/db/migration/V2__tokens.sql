-- Tokens besides the owner's, which stands in the home. Of each only the hash is kept.
CREATE TABLE token (
    id           BIGINT NOT NULL PRIMARY KEY,
    hash         TEXT   NOT NULL UNIQUE,
    name         TEXT   NOT NULL,
    role         TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    created_by   TEXT   NOT NULL,
    expires_at   BIGINT,
    revoked_at   BIGINT,
    last_used_at BIGINT
);
-- History prints names: whoever has one has it alone, until it is revoked.
CREATE UNIQUE INDEX token_name ON token (LOWER(name)) WHERE revoked_at IS NULL;

-- Whoever pushed a commit of what an intent would apply: their approvals don't count where the rules ask for some.
CREATE TABLE intent_pusher (
    intent BIGINT NOT NULL,
    actor  TEXT   NOT NULL,
    PRIMARY KEY (intent, actor)
);
