CREATE TABLE care_standings (
  resident_id BIGINT NOT NULL,
  village_id BIGINT NOT NULL,
  panel_id BIGINT NOT NULL,
  counted BOOLEAN NOT NULL,
  mask BIGINT NOT NULL,
  of_set BIGINT NOT NULL,
  met_set BIGINT NOT NULL,
  items_due INT NOT NULL,
  items_done INT NOT NULL,
  items_confirmed INT NOT NULL,
  changes_on DATE,
  updated_at {{time}} NOT NULL,
  PRIMARY KEY (resident_id)
) {{table}};
CREATE INDEX idx_care_standings_changes_on ON care_standings (changes_on);
INSERT INTO care_standings SELECT id, 0, 0, FALSE, 0, 0, 0, 0, 0, 0, '2000-01-01', updated_at FROM residents WHERE NOT EXISTS (SELECT 1 FROM care_standings c WHERE c.resident_id = residents.id);
CREATE TABLE care_entries (
  id {{id}},
  day DATE NOT NULL,
  village_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  panel_team_id BIGINT NOT NULL,
  mask BIGINT NOT NULL,
  of_set BIGINT NOT NULL,
  met_set BIGINT NOT NULL,
  items_due INT NOT NULL,
  items_done INT NOT NULL,
  items_confirmed INT NOT NULL,
  residents INT NOT NULL,
  panel INT NOT NULL
) {{table}};
CREATE INDEX idx_care_entries_day ON care_entries (day);
ALTER TABLE tallies ADD COLUMN persons_due INT NOT NULL DEFAULT 0;
ALTER TABLE tallies ADD COLUMN persons_done INT NOT NULL DEFAULT 0;
ALTER TABLE tallies ADD COLUMN items_due INT NOT NULL DEFAULT 0;
ALTER TABLE tallies ADD COLUMN items_done INT NOT NULL DEFAULT 0;
ALTER TABLE tallies ADD COLUMN items_confirmed INT NOT NULL DEFAULT 0;
ALTER TABLE tallies ADD COLUMN cohort INT NOT NULL DEFAULT 0;
ALTER TABLE tallies ADD COLUMN kept INT NOT NULL DEFAULT 0;
ALTER TABLE tallies ADD COLUMN expired INT NOT NULL DEFAULT 0;
ALTER TABLE tallies ADD COLUMN renewed INT NOT NULL DEFAULT 0;
CREATE TABLE targets (
  year INT NOT NULL,
  code VARCHAR(32) NOT NULL,
  percent DOUBLE NOT NULL,
  version INT NOT NULL,
  PRIMARY KEY (year, code)
) {{table}};
