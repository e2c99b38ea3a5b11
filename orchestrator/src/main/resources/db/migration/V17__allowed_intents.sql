-- The digest of the plan that somebody approved though a policy refuses it.
ALTER TABLE intent ADD COLUMN allowed TEXT;
