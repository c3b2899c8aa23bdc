CREATE TABLE institutions (
  id {{id}},
  parent_id BIGINT NOT NULL,
  path VARCHAR(128) NOT NULL,
  level VARCHAR(32) NOT NULL,
  code VARCHAR(32) NOT NULL,
  name VARCHAR(128) NOT NULL,
  uscc VARCHAR(18) NOT NULL,
  licence_no VARCHAR(22) NOT NULL,
  phone VARCHAR(32) NOT NULL,
  address VARCHAR(255) NOT NULL,
  three_high VARCHAR(16) NOT NULL,
  active BOOLEAN NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX idx_institutions_code ON institutions (code);
CREATE INDEX idx_institutions_level ON institutions (level);
CREATE INDEX idx_institutions_parent_id ON institutions (parent_id);
CREATE INDEX idx_institutions_path ON institutions (path);

CREATE TABLE alliances (
  id {{id}},
  name VARCHAR(128) NOT NULL,
  `kind` VARCHAR(32) NOT NULL,
  pattern VARCHAR(16) NOT NULL,
  lead_id BIGINT NOT NULL
) {{table}};

CREATE TABLE alliance_members (
  id {{id}},
  alliance_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  part VARCHAR(8) NOT NULL
) {{table}};
CREATE INDEX idx_alliance_members_institution_id ON alliance_members (institution_id);
CREATE UNIQUE INDEX ux_alliance_members ON alliance_members (alliance_id, institution_id);

CREATE TABLE villages (
  id {{id}},
  code VARCHAR(14) NOT NULL,
  ehr_code VARCHAR(12) NOT NULL,
  stat_code VARCHAR(12) NOT NULL,
  name VARCHAR(64) NOT NULL,
  town VARCHAR(64) NOT NULL,
  institution_id BIGINT NOT NULL,
  clinic_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  grid_worker VARCHAR(64) NOT NULL,
  version INT NOT NULL
) {{table}};
CREATE UNIQUE INDEX idx_villages_code ON villages (code);
CREATE INDEX idx_villages_ehr_code ON villages (ehr_code);
CREATE INDEX idx_villages_institution_id ON villages (institution_id);
CREATE INDEX idx_villages_name ON villages (name);
CREATE INDEX idx_villages_team_id ON villages (team_id);

CREATE TABLE teams (
  id {{id}},
  code VARCHAR(16) NOT NULL,
  name VARCHAR(64) NOT NULL,
  institution_id BIGINT NOT NULL,
  clinic_id BIGINT NOT NULL,
  leader_id BIGINT NOT NULL,
  phone VARCHAR(32) NOT NULL,
  hours VARCHAR(128) NOT NULL,
  intro VARCHAR(255) NOT NULL,
  status VARCHAR(16) NOT NULL,
  doctors INT NOT NULL,
  signed_load INT NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE INDEX idx_teams_clinic_id ON teams (clinic_id);
CREATE UNIQUE INDEX idx_teams_code ON teams (code);
CREATE INDEX idx_teams_institution_id ON teams (institution_id);

CREATE TABLE staff (
  id {{id}},
  no VARCHAR(16) NOT NULL,
  name VARCHAR(64) NOT NULL,
  sex VARCHAR(1) NOT NULL,
  institution_id BIGINT NOT NULL,
  title VARCHAR(32) NOT NULL,
  certificate_no VARCHAR(32) NOT NULL,
  phone TEXT NOT NULL,
  active BOOLEAN NOT NULL,
  version INT NOT NULL
) {{table}};
CREATE INDEX idx_staff_institution_id ON staff (institution_id);
CREATE UNIQUE INDEX idx_staff_no ON staff (no);

CREATE TABLE team_members (
  id {{id}},
  team_id BIGINT NOT NULL,
  staff_id BIGINT NOT NULL,
  role VARCHAR(4) NOT NULL,
  leader BOOLEAN NOT NULL,
  `begin` DATE NOT NULL,
  `end` DATE
) {{table}};
CREATE INDEX idx_team_members_staff_id ON team_members (staff_id);
CREATE INDEX idx_team_members_team_id ON team_members (team_id);

CREATE TABLE partners (
  id {{id}},
  name VARCHAR(128) NOT NULL,
  `kind` VARCHAR(32) NOT NULL,
  contact VARCHAR(64) NOT NULL,
  phone VARCHAR(32) NOT NULL,
  active BOOLEAN NOT NULL
) {{table}};

CREATE TABLE team_partners (
  id {{id}},
  team_id BIGINT NOT NULL,
  partner_id BIGINT NOT NULL,
  scope VARCHAR(128) NOT NULL,
  frequency VARCHAR(32) NOT NULL,
  lead_expert VARCHAR(64) NOT NULL,
  `begin` DATE NOT NULL,
  `end` DATE
) {{table}};
CREATE INDEX idx_team_partners_partner_id ON team_partners (partner_id);
CREATE UNIQUE INDEX ux_team_partners ON team_partners (team_id, partner_id);

