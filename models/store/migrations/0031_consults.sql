CREATE TABLE consults (
  id {{id}},
  no VARCHAR(32) NOT NULL,
  `kind` VARCHAR(16) NOT NULL,
  emergency BOOLEAN NOT NULL,
  resident_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  sender_id BIGINT NOT NULL,
  sender_inst_id BIGINT NOT NULL,
  doctor_id BIGINT NOT NULL,
  centre_id BIGINT NOT NULL,
  purpose TEXT NOT NULL,
  material TEXT NOT NULL,
  expected_at {{time}},
  status VARCHAR(24) NOT NULL,
  due_at {{time}},
  escalated_at {{time}},
  requested_on DATE NOT NULL,
  report_by {{time}} NOT NULL,
  reported_at {{time}},
  reporter_id BIGINT NOT NULL,
  signed_at {{time}},
  signer_id BIGINT NOT NULL,
  findings TEXT NOT NULL,
  opinion TEXT NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX idx_consults_no ON consults (no);
CREATE INDEX idx_consults_resident_id ON consults (resident_id);
CREATE INDEX ix_consults_team ON consults (team_id, status);
CREATE INDEX ix_consults_inst ON consults (institution_id, status);
CREATE INDEX ix_consults_centre ON consults (centre_id, status);
CREATE INDEX ix_consults_due ON consults (status, due_at);
CREATE INDEX idx_consults_requested_on ON consults (requested_on);
