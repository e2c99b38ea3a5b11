-- Why the approvals that an intent has don't suffice, empty while they are counted; null where only their number decides.
ALTER TABLE intent ADD COLUMN held TEXT;
