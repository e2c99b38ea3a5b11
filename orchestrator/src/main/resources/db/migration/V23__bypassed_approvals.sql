-- Whether the merge that an intent came of lacked approvals which main asks for; it stays so when somebody approves afterwards.
ALTER TABLE intent ADD COLUMN bypassed INTEGER NOT NULL DEFAULT 0;
