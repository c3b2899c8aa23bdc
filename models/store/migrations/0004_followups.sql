CREATE TABLE encounters (
  id {{id}},
  resident_id BIGINT NOT NULL,
  visited_on DATE NOT NULL,
  visit_way INT NOT NULL,
  team_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  doctor_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  contract_id BIGINT NOT NULL,
  late BOOLEAN NOT NULL,
  place TEXT NOT NULL,
  voided BOOLEAN NOT NULL,
  void_reason TEXT NOT NULL,
  voided_by BIGINT NOT NULL,
  voided_at {{time}},
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE INDEX idx_encounters_visited_on ON encounters (visited_on);
CREATE INDEX ix_encounters_inst ON encounters (institution_id, visited_on);
CREATE INDEX ix_encounters_resident ON encounters (resident_id, visited_on);
CREATE INDEX ix_encounters_team ON encounters (team_id, visited_on);

CREATE TABLE followups (
  id {{id}},
  encounter_id BIGINT NOT NULL,
  resident_id BIGINT NOT NULL,
  program VARCHAR(32) NOT NULL,
  visited_on DATE NOT NULL,
  live BOOLEAN,
  visit_way INT NOT NULL,
  form TEXT NOT NULL,
  class INT NOT NULL,
  step INT NOT NULL,
  emergency BOOLEAN NOT NULL,
  assessment TEXT NOT NULL,
  rule_version VARCHAR(32) NOT NULL,
  next_due_on DATE,
  created_at {{time}} NOT NULL
) {{table}};
CREATE INDEX idx_followups_encounter_id ON followups (encounter_id);
CREATE UNIQUE INDEX ux_followups_day ON followups (resident_id, program, visited_on, live);

CREATE TABLE tasks (
  id {{id}},
  resident_id BIGINT NOT NULL,
  program VARCHAR(32) NOT NULL,
  membership_id BIGINT NOT NULL,
  `open` BOOLEAN,
  `kind` VARCHAR(24) NOT NULL,
  urgent BOOLEAN NOT NULL,
  status VARCHAR(16) NOT NULL,
  team_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  lane INT NOT NULL,
  window_from DATE NOT NULL,
  due_on DATE NOT NULL,
  opened_by BIGINT NOT NULL,
  closed_by BIGINT NOT NULL,
  closed_on DATE,
  reason VARCHAR(64) NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE INDEX ix_tasks_inst ON tasks (institution_id, lane, due_on);
CREATE INDEX ix_tasks_lane ON tasks (lane, due_on);
CREATE INDEX ix_tasks_team ON tasks (team_id, lane, due_on);
CREATE UNIQUE INDEX ux_tasks_open ON tasks (resident_id, program, `open`);

