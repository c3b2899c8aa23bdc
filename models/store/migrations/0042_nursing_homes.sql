CREATE TABLE nursing_homes (
  id {{id}},
  name VARCHAR(128) NOT NULL,
  uscc VARCHAR(18) NOT NULL,
  address VARCHAR(255) NOT NULL,
  contact TEXT NOT NULL,
  phone TEXT NOT NULL,
  beds INT NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX idx_nursing_homes_name ON nursing_homes (name);
CREATE TABLE home_agreements (
  id {{id}},
  home_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  live BOOLEAN,
  status VARCHAR(16) NOT NULL,
  model VARCHAR(16) NOT NULL,
  services VARCHAR(128) NOT NULL,
  per_week INT NOT NULL,
  begin_on DATE NOT NULL,
  end_on DATE NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX ux_home_agreements_live ON home_agreements (home_id, institution_id, live);
CREATE INDEX idx_home_agreements_institution_id ON home_agreements (institution_id);
CREATE INDEX ix_home_agreements_end ON home_agreements (status, end_on);
CREATE TABLE home_rounds (
  id {{id}},
  agreement_id BIGINT NOT NULL,
  made_on DATE NOT NULL,
  staff_id BIGINT NOT NULL,
  people INT NOT NULL,
  notes TEXT NOT NULL,
  entered_by VARCHAR(32) NOT NULL,
  created_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX ux_home_rounds ON home_rounds (agreement_id, made_on, staff_id);
CREATE TABLE home_stays (
  id {{id}},
  resident_id BIGINT NOT NULL,
  home_id BIGINT NOT NULL,
  `open` BOOLEAN,
  `begin` DATE NOT NULL,
  `end` DATE,
  created_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX ux_home_stays_open ON home_stays (resident_id, `open`);
CREATE INDEX idx_home_stays_home_id ON home_stays (home_id);
