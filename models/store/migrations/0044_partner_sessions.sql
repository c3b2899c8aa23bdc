CREATE TABLE partner_sessions (
  id {{id}},
  link_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  partner_id BIGINT NOT NULL,
  `kind` VARCHAR(16) NOT NULL,
  held_on DATE NOT NULL,
  expert TEXT NOT NULL,
  half_hours INT NOT NULL,
  people INT NOT NULL,
  notes TEXT NOT NULL,
  voided BOOLEAN NOT NULL,
  void_reason TEXT NOT NULL,
  entered_by VARCHAR(32) NOT NULL,
  created_at {{time}} NOT NULL
) {{table}};
CREATE INDEX idx_partner_sessions_on ON partner_sessions (held_on);
CREATE INDEX ix_partner_sessions_link ON partner_sessions (link_id, held_on);
CREATE INDEX ix_partner_sessions_team ON partner_sessions (team_id, held_on);
CREATE INDEX ix_partner_sessions_inst ON partner_sessions (institution_id, held_on);
CREATE INDEX ix_partner_sessions_partner ON partner_sessions (partner_id, held_on);
