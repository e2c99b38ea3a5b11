-- What people put on a pull request, one label a line.
ALTER TABLE pull ADD COLUMN labels TEXT NOT NULL DEFAULT '';
