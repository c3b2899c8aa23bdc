CREATE TABLE audit_rows (
  id {{id}},
  at {{time}} NOT NULL,
  actor VARCHAR(32) NOT NULL,
  role VARCHAR(32) NOT NULL,
  action VARCHAR(48) NOT NULL,
  object VARCHAR(32) NOT NULL,
  object_id BIGINT NOT NULL,
  resident_id BIGINT NOT NULL,
  detail TEXT NOT NULL,
  reason VARCHAR(255) NOT NULL,
  request_id VARCHAR(40) NOT NULL,
  ip VARCHAR(64) NOT NULL
) {{table}};
CREATE INDEX idx_audit_rows_actor ON audit_rows (actor);
CREATE INDEX idx_audit_rows_at ON audit_rows (at);
CREATE INDEX idx_audit_rows_resident_id ON audit_rows (resident_id);

CREATE TABLE audit_seals (
  seq BIGINT NOT NULL,
  row_id BIGINT NOT NULL,
  mac VARCHAR(64) NOT NULL,
  PRIMARY KEY (seq)
) {{table}};
CREATE UNIQUE INDEX idx_audit_seals_row_id ON audit_seals (row_id);

CREATE TABLE audit_unsealed (
  row_id BIGINT NOT NULL,
  PRIMARY KEY (row_id)
) {{table}};

CREATE TABLE outbox (
  id {{id}},
  template VARCHAR(32) NOT NULL,
  resident_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  data TEXT NOT NULL,
  status VARCHAR(16) NOT NULL,
  not_before {{time}} NOT NULL,
  attempts INT NOT NULL,
  last_error VARCHAR(64) NOT NULL,
  created_at {{time}} NOT NULL,
  sent_at {{time}},
  once_key VARCHAR(64)
) {{table}};
CREATE INDEX idx_outbox_account_id ON outbox (account_id);
CREATE INDEX idx_outbox_resident_id ON outbox (resident_id);
CREATE UNIQUE INDEX idx_outbox_once_key ON outbox (once_key);
CREATE INDEX ix_outbox_due ON outbox (status, not_before);

