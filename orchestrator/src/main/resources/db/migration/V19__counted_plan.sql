-- The digest of the plan for which an intent's approvals were counted; '' where they are yet to be, null where nobody counts them.
ALTER TABLE intent ADD COLUMN counted TEXT;
UPDATE intent SET counted = '' WHERE held IS NOT NULL;
