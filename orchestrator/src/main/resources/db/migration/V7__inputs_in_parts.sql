-- A digest of inputs tells variables and environment from each other; of those that were taken before, nothing can be told.
UPDATE stack SET applied_inputs = NULL WHERE applied_inputs NOT LIKE '%-%';
