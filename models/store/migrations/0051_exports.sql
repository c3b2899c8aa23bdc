CREATE TABLE exports (
  id {{id}},
  no VARCHAR(32) NOT NULL,
  kind VARCHAR(24) NOT NULL,
  filters TEXT NOT NULL,
  unmasked BOOLEAN NOT NULL,
  reason TEXT NOT NULL,
  row_count INT NOT NULL,
  status VARCHAR(16) NOT NULL,
  applicant_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  decided_by BIGINT NOT NULL,
  decided_at {{time}},
  expires_at {{time}} NOT NULL,
  downloads INT NOT NULL,
  downloaded_at {{time}},
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX idx_exports_no ON exports (no);
CREATE INDEX idx_exports_applicant_id ON exports (applicant_id);
CREATE INDEX idx_exports_institution_id ON exports (institution_id);
CREATE INDEX ix_exports_expiry ON exports (status, expires_at);
