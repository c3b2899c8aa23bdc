CREATE TABLE households (
  id {{id}},
  no VARCHAR(64) NOT NULL,
  village_id BIGINT NOT NULL,
  head_id BIGINT NOT NULL,
  version INT NOT NULL
) {{table}};
CREATE UNIQUE INDEX idx_households_no ON households (no);
CREATE INDEX idx_households_village_id ON households (village_id);

CREATE TABLE residents (
  id {{id}},
  record_no VARCHAR(17) NOT NULL,
  name VARCHAR(64) NOT NULL,
  initials VARCHAR(32) NOT NULL,
  sex VARCHAR(1) NOT NULL,
  birth_date DATE NOT NULL,
  document_type VARCHAR(2) NOT NULL,
  document_no TEXT NOT NULL,
  document_index VARCHAR(64),
  phone TEXT NOT NULL,
  phone_index VARCHAR(64) NOT NULL,
  address TEXT NOT NULL,
  address_kind VARCHAR(16) NOT NULL,
  nationality VARCHAR(2) NOT NULL,
  permanent BOOLEAN NOT NULL,
  village_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  house_relation VARCHAR(2) NOT NULL,
  area_team_id BIGINT NOT NULL,
  area_inst_id BIGINT NOT NULL,
  signed_team_id BIGINT NOT NULL,
  signed_inst_id BIGINT NOT NULL,
  status VARCHAR(16) NOT NULL,
  status_on DATE,
  status_reason VARCHAR(128) NOT NULL,
  merged_into_id BIGINT NOT NULL,
  counted_village_id BIGINT NOT NULL,
  counted_mask BIGINT NOT NULL,
  counted BOOLEAN NOT NULL,
  counted_signed BOOLEAN NOT NULL,
  counted_panel_id BIGINT NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE INDEX idx_residents_area_inst_id ON residents (area_inst_id);
CREATE INDEX idx_residents_area_team_id ON residents (area_team_id);
CREATE INDEX idx_residents_birth_date ON residents (birth_date);
CREATE UNIQUE INDEX idx_residents_document_index ON residents (document_index);
CREATE INDEX idx_residents_household_id ON residents (household_id);
CREATE INDEX idx_residents_initials ON residents (initials);
CREATE INDEX idx_residents_name ON residents (name);
CREATE INDEX idx_residents_panel_id ON residents (counted_panel_id);
CREATE INDEX idx_residents_phone_index ON residents (phone_index);
CREATE UNIQUE INDEX idx_residents_record_no ON residents (record_no);
CREATE INDEX idx_residents_signed_inst_id ON residents (signed_inst_id);
CREATE INDEX idx_residents_signed_team_id ON residents (signed_team_id);
CREATE INDEX idx_residents_village_id ON residents (village_id);

CREATE TABLE guardians (
  id {{id}},
  guardian_id BIGINT NOT NULL,
  ward_id BIGINT NOT NULL,
  active BOOLEAN,
  relation VARCHAR(2) NOT NULL,
  consent VARCHAR(32) NOT NULL,
  evidence VARCHAR(255) NOT NULL,
  `begin` DATE NOT NULL,
  `end` DATE NOT NULL,
  created_at {{time}} NOT NULL
) {{table}};
CREATE INDEX idx_guardians_ward_id ON guardians (ward_id);
CREATE UNIQUE INDEX ux_guardians_open ON guardians (guardian_id, ward_id, active);

CREATE TABLE memberships (
  id {{id}},
  resident_id BIGINT NOT NULL,
  code VARCHAR(4) NOT NULL,
  `open` BOOLEAN,
  `begin` DATE NOT NULL,
  `end` DATE,
  source VARCHAR(16) NOT NULL,
  evidence VARCHAR(255) NOT NULL,
  close_reason VARCHAR(128) NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE INDEX ix_memberships_code ON memberships (code, `open`);
CREATE UNIQUE INDEX ux_memberships_open ON memberships (resident_id, code, `open`);

