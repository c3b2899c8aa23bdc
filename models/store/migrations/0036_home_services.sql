CREATE TABLE home_services (
  id {{id}},
  resident_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  status VARCHAR(16) NOT NULL,
  is_open BOOLEAN NOT NULL,
  applicant VARCHAR(16) NOT NULL,
  items VARCHAR(128) NOT NULL,
  address TEXT NOT NULL,
  note TEXT NOT NULL,
  applied_by VARCHAR(32) NOT NULL,
  wish_on DATE,
  due_on DATE,
  checks VARCHAR(128) NOT NULL,
  assessed_by BIGINT NOT NULL,
  visit_on DATE,
  first BOOLEAN NOT NULL,
  staff VARCHAR(64) NOT NULL,
  position TEXT NOT NULL,
  photo VARCHAR(64) NOT NULL,
  arrived_at {{time}},
  done VARCHAR(128) NOT NULL,
  consumables TEXT NOT NULL,
  signature MEDIUMTEXT NOT NULL,
  served_on DATE,
  encounter_id BIGINT NOT NULL,
  fee_cents BIGINT NOT NULL,
  rating INT NOT NULL,
  rating_text TEXT NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE INDEX ix_home_services_resident ON home_services (resident_id, is_open);
CREATE INDEX ix_home_services_team ON home_services (team_id, status);
CREATE INDEX ix_home_services_inst ON home_services (institution_id, status);
CREATE INDEX ix_home_services_due ON home_services (status, due_on);
