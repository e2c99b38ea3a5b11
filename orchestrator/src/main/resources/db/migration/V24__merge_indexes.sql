-- Which changes a movement of the default branch merged, and what was promised for a change, are asked at every step.
CREATE INDEX change_merge ON change (merge_id);
CREATE INDEX intent_change ON intent (change);
