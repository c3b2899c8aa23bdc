CREATE TABLE prescriptions (
  id {{id}},
  resident_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  status VARCHAR(16) NOT NULL,
  program VARCHAR(32) NOT NULL,
  days INT NOT NULL,
  previous_id BIGINT NOT NULL,
  asked_by VARCHAR(32) NOT NULL,
  followup_id BIGINT NOT NULL,
  assessed_by BIGINT NOT NULL,
  assessed_on DATE,
  assessment TEXT NOT NULL,
  signature MEDIUMTEXT NOT NULL,
  signed_by VARCHAR(32) NOT NULL,
  reviewed_by BIGINT NOT NULL,
  issued_on DATE,
  supply_ends DATE,
  dispensed_at {{time}},
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE INDEX ix_prescriptions_resident ON prescriptions (resident_id);
CREATE INDEX ix_prescriptions_team ON prescriptions (team_id, status);
CREATE INDEX ix_prescriptions_inst ON prescriptions (institution_id, status);
CREATE INDEX ix_prescriptions_end ON prescriptions (status, supply_ends);
CREATE TABLE prescription_lines (
  id {{id}},
  prescription_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  class VARCHAR(32) NOT NULL,
  dose TEXT NOT NULL,
  frequency TEXT NOT NULL,
  days INT NOT NULL
) {{table}};
CREATE INDEX idx_prescription_lines_prescription_id ON prescription_lines (prescription_id);
