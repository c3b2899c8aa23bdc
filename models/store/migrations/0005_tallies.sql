CREATE TABLE tally_entries (
  id {{id}},
  day DATE NOT NULL,
  village_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  mask BIGINT NOT NULL,
  residents INT NOT NULL,
  signed INT NOT NULL,
  panel_team_id BIGINT NOT NULL,
  panel INT NOT NULL
) {{table}};
CREATE INDEX idx_tally_entries_day ON tally_entries (day);

CREATE TABLE tallies (
  day DATE NOT NULL,
  `kind` VARCHAR(16) NOT NULL,
  scope_id BIGINT NOT NULL,
  population VARCHAR(4) NOT NULL,
  residents INT NOT NULL,
  signed INT NOT NULL,
  PRIMARY KEY (day, `kind`, scope_id, population)
) {{table}};

CREATE TABLE tally_days (
  day DATE NOT NULL,
  rule_version VARCHAR(32) NOT NULL,
  frozen BOOLEAN NOT NULL,
  created_at {{time}} NOT NULL,
  PRIMARY KEY (day)
) {{table}};

