CREATE TABLE discharges (
  id {{id}},
  no VARCHAR(32) NOT NULL,
  hospital_id BIGINT NOT NULL,
  resident_id BIGINT NOT NULL,
  referral_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  sender_id BIGINT NOT NULL,
  sender_inst_id BIGINT NOT NULL,
  admitted_on DATE NOT NULL,
  discharged_on DATE NOT NULL,
  hospital_no TEXT NOT NULL,
  attending TEXT NOT NULL,
  diagnosis TEXT NOT NULL,
  operation TEXT NOT NULL,
  medication TEXT NOT NULL,
  advice TEXT NOT NULL,
  revisit_on DATE,
  complained BOOLEAN NOT NULL,
  status VARCHAR(24) NOT NULL,
  due_at {{time}},
  escalated_at {{time}},
  notified_on DATE,
  take_over_by {{time}},
  taken_at {{time}},
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX idx_discharges_no ON discharges (no);
CREATE INDEX idx_discharges_resident_id ON discharges (resident_id);
CREATE INDEX ix_discharges_hospital ON discharges (hospital_id, status);
CREATE INDEX ix_discharges_team ON discharges (team_id, status);
CREATE INDEX ix_discharges_inst ON discharges (institution_id, status);
CREATE INDEX ix_discharges_due ON discharges (status, due_at);
CREATE INDEX idx_discharges_notified_on ON discharges (notified_on);

CREATE TABLE discharge_calls (
  id {{id}},
  discharge_id BIGINT NOT NULL,
  `level` INT NOT NULL,
  hospital_id BIGINT NOT NULL,
  sender_id BIGINT NOT NULL,
  sender_inst_id BIGINT NOT NULL,
  due_from DATE NOT NULL,
  due_on DATE NOT NULL,
  told BOOLEAN NOT NULL,
  status VARCHAR(16) NOT NULL,
  made_on DATE,
  way INT NOT NULL,
  failure VARCHAR(16) NOT NULL,
  recovery INT NOT NULL,
  wound INT NOT NULL,
  adherence INT NOT NULL,
  revisit_on DATE,
  satisfaction INT NOT NULL,
  complained BOOLEAN NOT NULL,
  advice TEXT NOT NULL,
  problems TEXT NOT NULL,
  staff_id BIGINT NOT NULL,
  made_by VARCHAR(32) NOT NULL
) {{table}};
CREATE UNIQUE INDEX ux_discharge_calls ON discharge_calls (discharge_id, `level`);
CREATE INDEX ix_discharge_calls_due ON discharge_calls (status, due_on);
CREATE INDEX ix_discharge_calls_period ON discharge_calls (due_on);
