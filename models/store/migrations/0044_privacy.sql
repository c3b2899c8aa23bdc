CREATE TABLE consents (
  id {{id}},
  resident_id BIGINT NOT NULL,
  purpose VARCHAR(16) NOT NULL,
  live BOOLEAN,
  version INT NOT NULL,
  text_hash VARCHAR(64) NOT NULL,
  channel VARCHAR(16) NOT NULL,
  guardian_id BIGINT NOT NULL,
  given_at {{time}} NOT NULL,
  withdrawn_at {{time}},
  withdrawn_by VARCHAR(32) NOT NULL
) {{table}};
CREATE UNIQUE INDEX ux_consents_live ON consents (resident_id, purpose, live);
CREATE TABLE privacy_requests (
  id {{id}},
  resident_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  `kind` VARCHAR(16) NOT NULL,
  field VARCHAR(16) NOT NULL,
  wanted TEXT NOT NULL,
  status VARCHAR(16) NOT NULL,
  due_on DATE NOT NULL,
  waiting_until DATE,
  answer TEXT NOT NULL,
  asked_by VARCHAR(32) NOT NULL,
  closed_at {{time}},
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE INDEX idx_privacy_requests_resident_id ON privacy_requests (resident_id);
CREATE INDEX idx_privacy_requests_status ON privacy_requests (status);
CREATE INDEX idx_privacy_requests_waiting_until ON privacy_requests (waiting_until);
CREATE INDEX ix_privacy_requests_inst ON privacy_requests (institution_id, status);
