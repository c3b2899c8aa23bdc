CREATE TABLE community_events (
  id {{id}},
  scene VARCHAR(16) NOT NULL,
  `kind` VARCHAR(16) NOT NULL,
  title VARCHAR(128) NOT NULL,
  place VARCHAR(128) NOT NULL,
  institution_id BIGINT NOT NULL,
  held_on DATE NOT NULL,
  services VARCHAR(64) NOT NULL,
  status VARCHAR(16) NOT NULL,
  heads INT NOT NULL,
  consultations INT NOT NULL,
  materials INT NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX idx_community_events_scene ON community_events (scene);
CREATE INDEX idx_community_events_on ON community_events (held_on);
CREATE INDEX ix_community_events_inst ON community_events (institution_id, held_on);
CREATE TABLE event_teams (
  event_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  PRIMARY KEY (event_id, team_id)
) {{table}};
CREATE INDEX idx_event_teams_team_id ON event_teams (team_id);
CREATE TABLE event_check_ins (
  event_id BIGINT NOT NULL,
  resident_id BIGINT NOT NULL,
  at {{time}} NOT NULL,
  PRIMARY KEY (event_id, resident_id)
) {{table}};
CREATE INDEX idx_event_check_ins_resident_id ON event_check_ins (resident_id);
ALTER TABLE contracts ADD COLUMN event_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX idx_contracts_event_id ON contracts (event_id);
