DROP INDEX idx_outbox_account_id ON outbox;
