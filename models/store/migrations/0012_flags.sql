CREATE TABLE flags (
  id {{id}},
  encounter_id BIGINT NOT NULL,
  `kind` VARCHAR(32) NOT NULL,
  resident_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  doctor_id BIGINT NOT NULL,
  status VARCHAR(16) NOT NULL,
  reason VARCHAR(255) NOT NULL,
  note TEXT NOT NULL,
  raised_by VARCHAR(32) NOT NULL,
  raised_on DATE NOT NULL,
  reviewed_by VARCHAR(32) NOT NULL,
  reviewed_at {{time}},
  version INT NOT NULL,
  created_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX ux_flags_visit ON flags (encounter_id, `kind`);
CREATE INDEX idx_flags_resident_id ON flags (resident_id);
CREATE INDEX idx_flags_status ON flags (status);
CREATE INDEX ix_flags_team ON flags (team_id, status);
CREATE INDEX ix_flags_inst ON flags (institution_id, status);
