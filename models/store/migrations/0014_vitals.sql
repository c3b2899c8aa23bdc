CREATE TABLE vitals (
  id {{id}},
  resident_id BIGINT NOT NULL,
  `kind` VARCHAR(16) NOT NULL,
  measured_at {{time}} NOT NULL,
  value1 DOUBLE,
  value2 DOUBLE,
  value3 DOUBLE,
  value4 DOUBLE,
  `level` VARCHAR(16) NOT NULL,
  source VARCHAR(16) NOT NULL,
  encounter_id BIGINT NOT NULL,
  entered_by VARCHAR(32) NOT NULL,
  voided BOOLEAN NOT NULL,
  created_at {{time}} NOT NULL
) {{table}};
CREATE INDEX ix_vitals_series ON vitals (resident_id, `kind`, measured_at);
CREATE INDEX ix_vitals_resident ON vitals (resident_id, measured_at);
CREATE INDEX idx_vitals_encounter_id ON vitals (encounter_id);

CREATE TABLE vital_alerts (
  id {{id}},
  vital_id BIGINT NOT NULL,
  resident_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  lane INT NOT NULL,
  outcome TEXT NOT NULL,
  handled_by BIGINT NOT NULL,
  handled_at {{time}},
  version INT NOT NULL,
  created_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX idx_vital_alerts_vital_id ON vital_alerts (vital_id);
CREATE INDEX idx_vital_alerts_resident_id ON vital_alerts (resident_id);
CREATE INDEX idx_vital_alerts_lane ON vital_alerts (lane);
CREATE INDEX ix_vital_alerts_team ON vital_alerts (team_id, lane);
CREATE INDEX ix_vital_alerts_inst ON vital_alerts (institution_id, lane);
