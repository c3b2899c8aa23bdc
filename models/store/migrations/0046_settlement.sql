CREATE TABLE settlements (
  id {{id}},
  kind VARCHAR(16) NOT NULL,
  team_id BIGINT NOT NULL,
  from_day DATE NOT NULL,
  to_day DATE NOT NULL,
  cents BIGINT NOT NULL,
  status VARCHAR(16) NOT NULL,
  corrects_id BIGINT NOT NULL,
  reason TEXT NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE INDEX idx_settlements_team_id ON settlements (team_id);
CREATE INDEX idx_settlements_to ON settlements (to_day);
CREATE INDEX idx_settlements_corrects_id ON settlements (corrects_id);
CREATE TABLE settlement_lines (
  id {{id}},
  settlement_id BIGINT NOT NULL,
  step INT NOT NULL,
  label VARCHAR(128) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  ref_id BIGINT NOT NULL,
  count BIGINT NOT NULL,
  weight BIGINT NOT NULL,
  cents BIGINT NOT NULL
) {{table}};
CREATE INDEX idx_settlement_lines_settlement_id ON settlement_lines (settlement_id);
