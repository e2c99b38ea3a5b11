-- The movement of the default branch that merged a change; null for one that was merged before this was kept.
ALTER TABLE change ADD COLUMN merge_id BIGINT;
