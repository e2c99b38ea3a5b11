-- A pull request on a forge: what the forge said of it last, which change it is here, and our comment on it.
CREATE TABLE pull (
    repository     TEXT    NOT NULL,
    number         BIGINT  NOT NULL,
    branch         TEXT    NOT NULL,
    foreign_branch BOOLEAN NOT NULL,
    head           TEXT    NOT NULL,
    base           TEXT    NOT NULL,
    title          TEXT    NOT NULL,
    author         TEXT    NOT NULL,
    url            TEXT    NOT NULL,
    draft          BOOLEAN NOT NULL,
    open           BOOLEAN NOT NULL,
    change         BIGINT,
    comment        BIGINT,
    PRIMARY KEY (repository, number)
);
CREATE INDEX pull_branch ON pull (repository, branch);
CREATE INDEX pull_change ON pull (change);

-- Deliveries of webhooks that were taken in, so that one that is sent again is known.
CREATE TABLE hook_delivery (
    forge    TEXT   NOT NULL,
    delivery TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (forge, delivery)
);
CREATE INDEX hook_delivery_at ON hook_delivery (at);
