-- When a subject that is being advanced is to be advanced once more, the soonest that a mark asked for meanwhile; null for none.
ALTER TABLE dirty ADD COLUMN wanted BIGINT;
