CREATE TABLE handovers (
  id {{id}},
  kind VARCHAR(16) NOT NULL,
  from_team_id BIGINT NOT NULL,
  to_team_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  from_staff_id BIGINT NOT NULL,
  to_staff_id BIGINT NOT NULL,
  contracts BOOLEAN NOT NULL,
  leaves BOOLEAN NOT NULL,
  effective_on DATE NOT NULL,
  reason VARCHAR(255) NOT NULL,
  override VARCHAR(255) NOT NULL,
  status VARCHAR(16) NOT NULL,
  residents INT NOT NULL,
  moved INT NOT NULL,
  work INT NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE INDEX idx_handovers_from_team_id ON handovers (from_team_id);
CREATE INDEX idx_handovers_to_team_id ON handovers (to_team_id);
CREATE INDEX idx_handovers_institution_id ON handovers (institution_id);
CREATE INDEX idx_handovers_on ON handovers (effective_on);
CREATE TABLE handover_villages (
  handover_id BIGINT NOT NULL,
  village_id BIGINT NOT NULL,
  PRIMARY KEY (handover_id, village_id)
) {{table}};
CREATE TABLE handover_residents (
  handover_id BIGINT NOT NULL,
  resident_id BIGINT NOT NULL,
  from_team_id BIGINT NOT NULL,
  readable_until DATE NOT NULL,
  PRIMARY KEY (handover_id, resident_id)
) {{table}};
CREATE INDEX ix_handover_residents_read ON handover_residents (resident_id, from_team_id);
ALTER TABLE contracts ADD COLUMN credit_team_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX idx_contracts_credit_team_id ON contracts (credit_team_id);
