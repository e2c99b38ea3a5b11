-- The commit on its base that a pull request became, as its forge says; null where it wasn't merged, or nobody asked.
ALTER TABLE pull ADD COLUMN merged_as TEXT;
