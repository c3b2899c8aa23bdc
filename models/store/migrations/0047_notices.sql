ALTER TABLE outbox ADD COLUMN wechat_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN read_at {{time}};
ALTER TABLE outbox ADD COLUMN guardian_read_at {{time}};
UPDATE outbox SET status = 'inbox' WHERE account_id <> 0 AND status = 'waiting';
CREATE INDEX ix_outbox_status ON outbox (status, created_at);
CREATE INDEX ix_outbox_unread ON outbox (account_id, read_at);
CREATE TABLE subscribe_quotas (
  id {{id}},
  wechat_id BIGINT NOT NULL,
  template VARCHAR(32) NOT NULL,
  remaining INT NOT NULL,
  answer VARCHAR(16) NOT NULL,
  answered_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX ux_subscribe_quotas ON subscribe_quotas (wechat_id, template);
